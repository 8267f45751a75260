# What happens in figure-4.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.500 s  S2 starts
  1.000 s  S3 starts
  1.500 s  S4 starts
  2.000 s  S5 starts
  2.269 s  S1 times out
  2.269 s  S1 runs for term 1
  2.310 s  S2 learns of term 1 from S1
  2.320 s  S4 learns of term 1 from S1
  2.339 s  S3 learns of term 1 from S1
  2.367 s  S1 gets the vote of S4
  2.369 s  S5 learns of term 1 from S1
  2.388 s  S1 gets the vote of S2
  2.388 s  S1 leads term 1
  2.407 s  S1 gets the vote of S3 too late
  2.428 s  S1 gets the vote of S5 too late
  2.435 s  S2 follows S1
  2.441 s  S4 follows S1
  2.453 s  S3 follows S1
  2.472 s  S5 follows S1
  5.050 s  S1 is killed
  6.639 s  S3 times out
  6.639 s  S3 runs for term 2
  6.684 s  S4 learns of term 2 from S3
  6.707 s  S2 learns of term 2 from S3
  6.720 s  S5 learns of term 2 from S3
  6.766 s  S3 gets the vote of S4
  6.779 s  S3 gets the vote of S2
  6.779 s  S3 leads term 2
  6.809 s  S3 gets the vote of S5 too late
  6.847 s  S2 follows S3
  6.865 s  S5 follows S3
  6.866 s  S4 follows S3
 10.950 s  S3 is killed
 13.001 s  S4 times out
 13.001 s  S4 runs for term 3
 13.066 s  S2 learns of term 3 from S4
 13.086 s  S5 learns of term 3 from S4
 13.107 s  S4 gets the vote of S2
 13.171 s  S4 gets the vote of S5
 13.171 s  S4 leads term 3
 13.239 s  S2 follows S4
 13.267 s  S5 follows S4
