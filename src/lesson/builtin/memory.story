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

4 wait: Again S1 and S3 will stand for election in term 1. Now some links carry nothing one way: S1 reaches only S2 and S4, and S3 only S2 and S5. S3's request to S2 will be held up, and S2 will crash.
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

6 wait: This S2 has its vote only in memory. Watch it come back.
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
