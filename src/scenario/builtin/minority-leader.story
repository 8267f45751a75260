# What happens in minority-leader.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.155 s  S1 times out
  0.155 s  S1 runs for term 1
  0.161 s  S2 learns of term 1 from S1
  0.162 s  S4 learns of term 1 from S1
  0.163 s  S3 learns of term 1 from S1
  0.165 s  S5 learns of term 1 from S1
  0.170 s  S1 gets the vote of S4
  0.170 s  S1 gets the vote of S3
  0.170 s  S1 leads term 1
  0.170 s  S1 gets the vote of S2 too late
  0.171 s  S1 gets the vote of S5 too late
  0.175 s  S5 follows S1
  0.176 s  S2 follows S1
  0.177 s  S4 follows S1
  0.179 s  S3 follows S1
  0.300 s  partition S1 S2
  0.428 s  S3 times out
  0.428 s  S3 runs for term 2
  0.433 s  S4 learns of term 2 from S3
  0.437 s  S5 learns of term 2 from S3
  0.438 s  S3 gets the vote of S4
  0.446 s  S3 gets the vote of S5
  0.446 s  S3 leads term 2
  0.452 s  S5 follows S3
  0.453 s  S4 follows S3
