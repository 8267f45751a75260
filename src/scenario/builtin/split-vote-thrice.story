# What happens in split-vote-thrice.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.155 s  S3 times out
  0.155 s  S3 runs for term 1
  0.155 s  S2 times out
  0.155 s  S2 runs for term 1
  0.158 s  S5 times out
  0.158 s  S5 runs for term 1
  0.162 s  S1 learns of term 1 from S2
  0.162 s  S4 learns of term 1 from S3
  0.168 s  S2 gets the vote of S1
  0.168 s  S3 is refused by S1
  0.168 s  S3 is refused by S5
  0.169 s  S2 is refused by S3
  0.170 s  S3 is refused by S2
  0.172 s  S2 is refused by S4
  0.172 s  S5 is refused by S1
  0.172 s  S3 gets the vote of S4
  0.172 s  S2 is refused by S5
  0.173 s  S5 is refused by S2
  0.174 s  S5 is refused by S4
  0.177 s  S5 is refused by S3
  0.311 s  S3 times out
  0.311 s  S3 runs for term 2
  0.311 s  S2 times out
  0.311 s  S2 runs for term 2
  0.315 s  S4 times out
  0.315 s  S4 runs for term 2
  0.318 s  S5 learns of term 2 from S3
  0.318 s  S5 steps down
  0.318 s  S1 learns of term 2 from S2
  0.323 s  S3 is refused by S2
  0.324 s  S2 gets the vote of S1
  0.325 s  S2 is refused by S5
  0.325 s  S2 is refused by S4
  0.325 s  S3 gets the vote of S5
  0.326 s  S3 is refused by S1
  0.328 s  S2 is refused by S3
  0.328 s  S3 is refused by S4
  0.329 s  S4 is refused by S3
  0.330 s  S4 is refused by S2
  0.332 s  S4 is refused by S5
  0.332 s  S4 is refused by S1
  0.469 s  S2 times out
  0.469 s  S2 runs for term 3
  0.470 s  S1 times out
  0.470 s  S1 runs for term 3
  0.473 s  S3 times out
  0.473 s  S3 runs for term 3
  0.474 s  S4 learns of term 3 from S2
  0.474 s  S4 steps down
  0.477 s  S5 learns of term 3 from S1
  0.483 s  S2 gets the vote of S4
  0.484 s  S1 gets the vote of S5
  0.484 s  S1 is refused by S4
  0.484 s  S2 is refused by S1
  0.485 s  S2 is refused by S3
  0.486 s  S2 is refused by S5
  0.487 s  S3 is refused by S1
  0.487 s  S3 is refused by S5
  0.487 s  S1 is refused by S2
  0.488 s  S1 is refused by S3
  0.491 s  S3 is refused by S4
  0.491 s  S3 is refused by S2
  0.625 s  S1 times out
  0.625 s  S1 runs for term 4
  0.632 s  S4 learns of term 4 from S1
  0.632 s  S5 learns of term 4 from S1
  0.634 s  S3 learns of term 4 from S1
  0.634 s  S3 steps down
  0.634 s  S2 learns of term 4 from S1
  0.634 s  S2 steps down
  0.640 s  S1 gets the vote of S2
  0.641 s  S1 gets the vote of S5
  0.641 s  S1 leads term 4
  0.642 s  S1 gets the vote of S4 too late
  0.643 s  S1 gets the vote of S3 too late
  0.646 s  S3 follows S1
  0.648 s  S2 follows S1
  0.649 s  S4 follows S1
  0.650 s  S5 follows S1
