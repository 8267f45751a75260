# What happens in stale-log.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
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
  0.489 s  S2 times out
  0.489 s  S2 runs for term 3
  0.496 s  S3 learns of term 3 from S2
  0.496 s  S4 learns of term 3 from S2
  0.498 s  S5 learns of term 3 from S2
  0.498 s  S5 steps down
  0.501 s  S2 gets the vote of S3
  0.502 s  S2 gets the vote of S4
  0.502 s  S2 leads term 3
  0.506 s  S2 gets the vote of S5 too late
  0.507 s  S5 follows S2
  0.508 s  S3 follows S2
  0.511 s  S4 follows S2
