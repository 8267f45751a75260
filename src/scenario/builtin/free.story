# What happens in free.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.151 s  S2 times out
  0.151 s  S2 runs for term 1
  0.156 s  S5 learns of term 1 from S2
  0.157 s  S4 learns of term 1 from S2
  0.159 s  S1 learns of term 1 from S2
  0.161 s  S3 learns of term 1 from S2
  0.162 s  S2 gets the vote of S5
  0.165 s  S2 gets the vote of S4
  0.165 s  S2 leads term 1
  0.165 s  S2 gets the vote of S1 too late
  0.169 s  S2 gets the vote of S3 too late
  0.170 s  S3 follows S2
  0.171 s  S4 follows S2
  0.171 s  S5 follows S2
  0.174 s  S1 follows S2
