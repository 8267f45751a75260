# What happens in leader-returns.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.153 s  S5 times out
  0.153 s  S5 runs for term 1
  0.159 s  S4 learns of term 1 from S5
  0.159 s  S2 learns of term 1 from S5
  0.160 s  S3 learns of term 1 from S5
  0.161 s  S1 learns of term 1 from S5
  0.165 s  S5 gets the vote of S2
  0.165 s  S5 gets the vote of S4
  0.165 s  S5 leads term 1
  0.168 s  S5 gets the vote of S3 too late
  0.170 s  S5 gets the vote of S1 too late
  0.174 s  S1 follows S5
  0.174 s  S4 follows S5
  0.175 s  S3 follows S5
  0.175 s  S2 follows S5
  0.300 s  S5 is isolated
  0.398 s  S2 times out
  0.398 s  S2 runs for term 2
  0.404 s  S4 learns of term 2 from S2
  0.405 s  S3 learns of term 2 from S2
  0.407 s  S1 learns of term 2 from S2
  0.411 s  S2 gets the vote of S4
  0.413 s  S2 gets the vote of S3
  0.413 s  S2 leads term 2
  0.414 s  S2 gets the vote of S1 too late
  0.419 s  S1 follows S2
  0.420 s  S3 follows S2
  0.420 s  S4 follows S2
  0.600 s  S5 rejoins
  0.623 s  S4 denies the heartbeat of S5
  0.623 s  S3 denies the heartbeat of S5
  0.624 s  S2 denies the heartbeat of S5
  0.625 s  S1 denies the heartbeat of S5
  0.631 s  S5 learns of term 2 from S1
  0.631 s  S5 steps down
  0.645 s  S5 follows S2
