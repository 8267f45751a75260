# What happens in figure-1.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  2.000 s  S2 starts
  2.911 s  S2 times out
  2.911 s  S2 runs for term 1
  2.957 s  S1 learns of term 1 from S2
  2.997 s  S2 gets the vote of S1
  4.000 s  S3 starts
  5.126 s  S3 times out
  5.126 s  S3 runs for term 1
  5.206 s  S2 runs for term 2
  5.262 s  S1 learns of term 2 from S2
  5.269 s  S3 is refused by S1
  5.287 s  S3 is refused by S2
  5.288 s  S3 learns of term 2 from S2
  5.288 s  S3 steps down
  5.352 s  S2 gets the vote of S1
  5.363 s  S2 gets the vote of S3
  5.363 s  S2 leads term 2
  5.420 s  S1 follows S2
  5.450 s  S3 follows S2
  6.000 s  S4 starts
  6.039 s  S4 learns of term 2 from S2
  6.039 s  S4 follows S2
  8.000 s  S5 starts
  8.067 s  S5 learns of term 2 from S2
  8.067 s  S5 follows S2
 30.000 s  S2 is killed
 32.420 s  S5 times out
 32.420 s  S5 runs for term 3
 32.483 s  S3 learns of term 3 from S5
 32.495 s  S4 learns of term 3 from S5
 32.499 s  S1 learns of term 3 from S5
 32.555 s  S5 gets the vote of S3
 32.558 s  S5 gets the vote of S4
 32.558 s  S5 leads term 3
 32.572 s  S5 gets the vote of S1 too late
 32.623 s  S4 follows S5
 32.649 s  S3 follows S5
 32.655 s  S1 follows S5
