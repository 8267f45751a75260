# What happens in logs.lesson. `UPDATE_STORIES=1 cargo test --test lesson stories` writes it anew.

1 wait: What a cluster is asked to store are the entries of a log: the leader writes them down and sends them to the others. The small boxes are the term and the place of a server's last entry. S1 leads; its newest entry will reach all but S5, then S1 will crash.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.167 s  S1 times out
  0.167 s  S1 runs for term 1
  0.172 s  S4 learns of term 1 from S1
  0.172 s  S5 learns of term 1 from S1
  0.175 s  S2 learns of term 1 from S1
  0.176 s  S3 learns of term 1 from S1
  0.178 s  S1 gets the vote of S4
  0.179 s  S1 gets the vote of S5
  0.179 s  S1 leads term 1
  0.181 s  S1 gets the vote of S3 too late
  0.185 s  S5 follows S1
  0.185 s  S1 gets the vote of S2 too late
  0.185 s  S3 follows S1
  0.186 s  S2 follows S1
  0.188 s  S4 follows S1
  0.320 s  log S1 term 1 index 1
  0.320 s  log S2 term 1 index 1
  0.320 s  log S3 term 1 index 1
  0.320 s  log S4 term 1 index 1
  0.325 s  S1 is killed
  0.420 s  S5 times out
  0.420 s  S5 runs for term 2
  0.420 s

2 ask: Will S5 win?
  0.420 s

3 ask predict: 
  0.426 s  S3 learns of term 2 from S5
  0.426 s  S2 learns of term 2 from S5
  0.429 s  S4 learns of term 2 from S5
  0.429 s

4 ask predict: 
  0.432 s  S5 is refused by S2
  0.433 s  S5 is refused by S3
  0.435 s  S5 is refused by S4
  0.489 s  S2 times out
  0.489 s  S2 runs for term 3
  0.496 s  S3 learns of term 3 from S2
  0.496 s  S4 learns of term 3 from S2
  0.498 s  S5 learns of term 3 from S2
  0.498 s  S5 steps down
  0.501 s  S2 gets the vote of S3
  0.502 s  S2 gets the vote of S4
  0.502 s  S2 leads term 3
  0.502 s

5 wait: The same run with a small bug: a server restarts its election timer on every request, also on one that it refuses.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.167 s  S1 times out
  0.167 s  S1 runs for term 1
  0.172 s  S4 learns of term 1 from S1
  0.172 s  S5 learns of term 1 from S1
  0.175 s  S2 learns of term 1 from S1
  0.176 s  S3 learns of term 1 from S1
  0.178 s  S1 gets the vote of S4
  0.179 s  S1 gets the vote of S5
  0.179 s  S1 leads term 1
  0.181 s  S1 gets the vote of S3 too late
  0.185 s  S5 follows S1
  0.185 s  S1 gets the vote of S2 too late
  0.185 s  S3 follows S1
  0.186 s  S2 follows S1
  0.188 s  S4 follows S1
  0.320 s  log S1 term 1 index 1
  0.320 s  log S2 term 1 index 1
  0.320 s  log S3 term 1 index 1
  0.320 s  log S4 term 1 index 1
  0.325 s  S1 is killed
  0.420 s  S5 times out
  0.420 s  S5 runs for term 2
  0.426 s  S3 learns of term 2 from S5
  0.426 s  S2 learns of term 2 from S5
  0.429 s  S4 learns of term 2 from S5
  0.432 s  S5 is refused by S2
  0.433 s  S5 is refused by S3
  0.435 s  S5 is refused by S4
  0.614 s  S5 times out
  0.614 s  S5 runs for term 3
  0.614 s

6 ask: What is wrong with restarting the timer on every request?
  0.614 s

7 task: Switch on “Refusing a vote does not reset the timer” (panel “Rules”), and wait for a leader.
  0.614 s  rules paper
  0.619 s  S4 learns of term 3 from S5
  0.622 s  S2 learns of term 3 from S5
  0.624 s  S3 learns of term 3 from S5
  0.627 s  S5 is refused by S4
  0.627 s  S3 times out
  0.627 s  S3 runs for term 4
  0.630 s  S5 is refused by S3
  0.631 s  S5 is refused by S2
  0.633 s  S2 learns of term 4 from S3
  0.634 s  S5 learns of term 4 from S3
  0.634 s  S5 steps down
  0.636 s  S4 learns of term 4 from S3
  0.639 s  S3 gets the vote of S2
  0.642 s  S3 gets the vote of S5
  0.642 s  S3 leads term 4
  0.642 s
