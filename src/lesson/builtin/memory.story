# What happens in memory.lesson. `UPDATE_STORIES=1 cargo test --test lesson stories` writes it anew.

1 wait: S1 and S3 will stand for election in term 1 at the same moment. These servers have a bug: they vote for everyone who asks.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.010 s  time-out S1
  0.010 s  S1 times out
  0.010 s  S1 runs for term 1
  0.010 s  time-out S3
  0.010 s  S3 times out
  0.010 s  S3 runs for term 1
  0.015 s  S4 learns of term 1 from S3
  0.015 s  S2 learns of term 1 from S1
  0.018 s  S5 learns of term 1 from S3
  0.020 s  S3 gets the vote of S4
  0.024 s  S1 gets the vote of S4
  0.024 s  S1 gets the vote of S2
  0.024 s  S1 leads term 1
  0.024 s  S1 gets the vote of S3 too late
  0.025 s  S3 gets the vote of S2
  0.025 s  S3 leads term 1
  0.025 s

2 ask: Each server votes once per term. Why does that rule out two leaders of one term?
  0.025 s

3 task: The same run from its start. Switch on “One vote per term” (panel “Rules”), and let time pass until a server refuses because it has voted.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.000 s  rules paper
  0.010 s  time-out S1
  0.010 s  S1 times out
  0.010 s  S1 runs for term 1
  0.010 s  time-out S3
  0.010 s  S3 times out
  0.010 s  S3 runs for term 1
  0.015 s  S4 learns of term 1 from S3
  0.015 s  S2 learns of term 1 from S1
  0.016 s

4 wait: Again S1 and S3 will stand for election in term 1. Now some links carry nothing one way: S1 reaches only S2 and S4, and S3 only S2 and S5. So S2's vote decides. S3's request to S2 will be held up, and S2 will crash.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.010 s  time-out S1
  0.010 s  S1 times out
  0.010 s  S1 runs for term 1
  0.010 s  time-out S3
  0.010 s  S3 times out
  0.010 s  S3 runs for term 1
  0.012 s  hold S3>S2#0 for 45 ms
  0.015 s  S2 learns of term 1 from S1
  0.016 s  S4 learns of term 1 from S1
  0.018 s  S5 learns of term 1 from S3
  0.024 s  S1 gets the vote of S4
  0.024 s  S1 gets the vote of S2
  0.024 s  S1 leads term 1
  0.028 s  S3 gets the vote of S5
  0.030 s  S2 follows S1
  0.031 s  S4 follows S1
  0.035 s  S2 is killed
  0.035 s

5 ask: S2 will restart, and then S3's request arrives. What must S2 still know?
  0.035 s

6 wait: This S2 has its vote only in memory. Watch it come back. The links are as before.
  0.045 s  S2 starts
  0.070 s  S3 gets the vote of S2
  0.070 s  S3 leads term 1
  0.070 s

7 task: The same run from its start, with the same cut links. Let S2 write its vote to disk: switch on “The vote is persisted” (panel “Rules”), and let time pass.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.000 s  rules paper
  0.010 s  time-out S1
  0.010 s  S1 times out
  0.010 s  S1 runs for term 1
  0.010 s  time-out S3
  0.010 s  S3 times out
  0.010 s  S3 runs for term 1
  0.012 s  hold S3>S2#0 for 45 ms
  0.015 s  S2 learns of term 1 from S1
  0.016 s  S4 learns of term 1 from S1
  0.018 s  S5 learns of term 1 from S3
  0.024 s  S1 gets the vote of S4
  0.024 s  S1 gets the vote of S2
  0.024 s  S1 leads term 1
  0.028 s  S3 gets the vote of S5
  0.030 s  S2 follows S1
  0.031 s  S4 follows S1
  0.035 s  S2 is killed
  0.045 s  S2 starts
  0.061 s

8 wait: What a cluster is asked to store are the entries of a log: the leader writes them down and sends them to the others. The small boxes are the term and the place of a server's last entry. S1 leads; its newest entry will reach all but S5, then S1 will crash.
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

9 ask: Will S5 win?
  0.420 s

10 ask predict: 
  0.426 s  S3 learns of term 2 from S5
  0.426 s  S2 learns of term 2 from S5
  0.429 s  S4 learns of term 2 from S5
  0.429 s

11 ask predict: 
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

12 wait: The same run with a small bug: a server restarts its election timer on every request, also on one that it refuses.
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

13 ask: What is wrong with restarting the timer on every request?
  0.614 s

14 task: Switch on “Refusing a vote does not reset the timer” (panel “Rules”), and wait for a leader.
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
