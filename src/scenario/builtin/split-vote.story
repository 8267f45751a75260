# What happens in split-vote.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.157 s  S1 times out
  0.157 s  S1 runs for term 1
  0.164 s  S2 learns of term 1 from S1
  0.164 s  S5 learns of term 1 from S1
  0.165 s  S4 learns of term 1 from S1
  0.165 s  S3 learns of term 1 from S1
  0.170 s  S1 gets the vote of S5
  0.172 s  S1 gets the vote of S2
  0.172 s  S1 leads term 1
  0.173 s  S1 gets the vote of S4 too late
  0.173 s  S1 gets the vote of S3 too late
  0.178 s  S2 follows S1
  0.181 s  S3 follows S1
  0.181 s  S4 follows S1
  0.182 s  S5 follows S1
  0.320 s  S1 is killed
  0.466 s  S3 times out
  0.466 s  S3 runs for term 2
  0.467 s  S2 times out
  0.467 s  S2 runs for term 2
  0.472 s  S4 learns of term 2 from S3
  0.472 s  S5 learns of term 2 from S2
  0.480 s  S2 gets the vote of S5
  0.480 s  S3 gets the vote of S4
  0.481 s  S3 is refused by S5
  0.482 s  S2 is refused by S4
  0.483 s  S2 is refused by S3
  0.483 s  S3 is refused by S2
  0.650 s  S5 times out
  0.650 s  S5 runs for term 3
  0.655 s  S4 learns of term 3 from S5
  0.657 s  S2 learns of term 3 from S5
  0.657 s  S2 steps down
  0.659 s  S3 learns of term 3 from S5
  0.659 s  S3 steps down
  0.662 s  S5 gets the vote of S4
  0.664 s  S5 gets the vote of S2
  0.664 s  S5 leads term 3
  0.666 s  S5 gets the vote of S3 too late
  0.673 s  S3 follows S5
  0.673 s  S4 follows S5
  0.674 s  S2 follows S5
