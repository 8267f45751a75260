# What happens in three-regions.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.000 s  link S1>S2 delay 1 ms to 3 ms
  0.000 s  link S2>S1 delay 1 ms to 3 ms
  0.000 s  link S3>S4 delay 1 ms to 3 ms
  0.000 s  link S4>S3 delay 1 ms to 3 ms
  0.000 s  link S5>S1 delay 80 ms to 100 ms
  0.000 s  link S1>S5 delay 80 ms to 100 ms
  0.000 s  link S5>S2 delay 80 ms to 100 ms
  0.000 s  link S2>S5 delay 80 ms to 100 ms
  0.000 s  link S5>S3 delay 80 ms to 100 ms
  0.000 s  link S3>S5 delay 80 ms to 100 ms
  0.000 s  link S5>S4 delay 80 ms to 100 ms
  0.000 s  link S4>S5 delay 80 ms to 100 ms
  1.170 s  S5 times out
  1.170 s  S5 runs for term 1
  1.260 s  S4 learns of term 1 from S5
  1.263 s  S2 learns of term 1 from S5
  1.267 s  S1 learns of term 1 from S5
  1.268 s  S3 learns of term 1 from S5
  1.348 s  S5 gets the vote of S2
  1.352 s  S5 gets the vote of S4
  1.352 s  S5 leads term 1
  1.359 s  S5 gets the vote of S3 too late
  1.364 s  S5 gets the vote of S1 too late
  1.434 s  S1 follows S5
  1.439 s  S2 follows S5
  1.444 s  S4 follows S5
  1.446 s  S3 follows S5
  3.000 s  S5 is killed
  4.057 s  S1 times out
  4.057 s  S1 runs for term 2
  4.060 s  S2 learns of term 2 from S1
  4.062 s  S1 gets the vote of S2
  4.097 s  S4 learns of term 2 from S1
  4.098 s  S3 learns of term 2 from S1
  4.138 s  S1 gets the vote of S4
  4.138 s  S1 leads term 2
  4.138 s  S1 gets the vote of S3 too late
  4.140 s  S2 follows S1
  4.180 s  S4 follows S1
  4.180 s  S3 follows S1
  6.000 s  S5 starts
  6.036 s  S5 learns of term 2 from S1
  6.036 s  S5 follows S1
