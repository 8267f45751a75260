# What happens in one-by-one.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.184 s  S1 times out
  0.184 s  S1 runs for term 1
  0.300 s  S2 starts
  0.388 s  S1 times out
  0.388 s  S1 runs for term 2
  0.395 s  S2 learns of term 2 from S1
  0.401 s  S1 gets the vote of S2
  0.539 s  S1 times out
  0.539 s  S1 runs for term 3
  0.546 s  S2 learns of term 3 from S1
  0.554 s  S1 gets the vote of S2
  0.600 s  S3 starts
  0.725 s  S2 times out
  0.725 s  S2 runs for term 4
  0.731 s  S3 learns of term 4 from S2
  0.734 s  S1 learns of term 4 from S2
  0.734 s  S1 steps down
  0.739 s  S2 gets the vote of S3
  0.741 s  S2 gets the vote of S1
  0.741 s  S2 leads term 4
  0.747 s  S1 follows S2
  0.747 s  S3 follows S2
  0.900 s  S4 starts
  0.974 s  S4 learns of term 4 from S2
  0.974 s  S4 follows S2
  1.200 s  S5 starts
  1.272 s  S5 learns of term 4 from S2
  1.272 s  S5 follows S2
