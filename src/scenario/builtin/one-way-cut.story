# What happens in one-way-cut.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.150 s  S3 times out
  0.150 s  S3 runs for term 1
  0.156 s  S1 learns of term 1 from S3
  0.158 s  S5 learns of term 1 from S3
  0.159 s  S2 learns of term 1 from S3
  0.159 s  S4 learns of term 1 from S3
  0.163 s  S3 gets the vote of S1
  0.164 s  S3 gets the vote of S5
  0.164 s  S3 leads term 1
  0.164 s  S3 gets the vote of S4 too late
  0.167 s  S3 gets the vote of S2 too late
  0.171 s  S2 follows S3
  0.172 s  S1 follows S3
  0.173 s  S5 follows S3
  0.174 s  S4 follows S3
  0.300 s  cut S1>S5
  0.300 s  cut S2>S5
  0.300 s  cut S3>S5
  0.300 s  cut S4>S5
  0.410 s  S5 times out
  0.410 s  S5 runs for term 2
  0.415 s  S2 learns of term 2 from S5
  0.417 s  S4 learns of term 2 from S5
  0.418 s  S3 learns of term 2 from S5
  0.418 s  S3 steps down
  0.419 s  S1 learns of term 2 from S5
  0.591 s  S1 times out
  0.591 s  S1 runs for term 3
  0.596 s  S3 learns of term 3 from S1
  0.599 s  S2 learns of term 3 from S1
  0.601 s  S4 learns of term 3 from S1
  0.603 s  S1 gets the vote of S3
  0.608 s  S1 gets the vote of S2
  0.608 s  S1 leads term 3
  0.610 s  S1 gets the vote of S4 too late
  0.612 s  S5 times out
  0.612 s  S5 runs for term 3
  0.613 s  S2 follows S1
  0.615 s  S4 follows S1
  0.616 s  S3 follows S1
  0.790 s  S5 times out
  0.790 s  S5 runs for term 4
  0.796 s  S1 learns of term 4 from S5
  0.796 s  S1 steps down
  0.796 s  S2 learns of term 4 from S5
  0.800 s  S4 learns of term 4 from S5
  0.800 s  S3 learns of term 4 from S5
  0.973 s  S2 times out
  0.973 s  S2 runs for term 5
  0.981 s  S3 learns of term 5 from S2
  0.982 s  S4 learns of term 5 from S2
  0.983 s  S1 learns of term 5 from S2
  0.986 s  S2 gets the vote of S3
  0.991 s  S2 gets the vote of S1
  0.991 s  S2 leads term 5
  0.991 s  S2 gets the vote of S4 too late
  0.995 s  S5 times out
  0.995 s  S5 runs for term 5
  0.998 s  S3 follows S2
  1.000 s  S4 follows S2
  1.000 s  S1 follows S2
  1.229 s  S5 times out
  1.229 s  S5 runs for term 6
  1.234 s  S4 learns of term 6 from S5
  1.235 s  S1 learns of term 6 from S5
  1.236 s  S2 learns of term 6 from S5
  1.236 s  S2 steps down
  1.239 s  S3 learns of term 6 from S5
  1.398 s  S1 times out
  1.398 s  S1 runs for term 7
  1.404 s  S3 learns of term 7 from S1
  1.407 s  S4 learns of term 7 from S1
  1.408 s  S2 learns of term 7 from S1
  1.413 s  S1 gets the vote of S4
  1.413 s  S1 gets the vote of S3
  1.413 s  S1 leads term 7
  1.415 s  S1 gets the vote of S2 too late
  1.419 s  S2 follows S1
  1.422 s  S3 follows S1
  1.423 s  S4 follows S1
  1.517 s  S5 times out
  1.517 s  S5 runs for term 7
  1.681 s  S5 times out
  1.681 s  S5 runs for term 8
  1.688 s  S2 learns of term 8 from S5
  1.689 s  S1 learns of term 8 from S5
  1.689 s  S1 steps down
  1.690 s  S3 learns of term 8 from S5
  1.690 s  S4 learns of term 8 from S5
  1.854 s  S5 times out
  1.854 s  S5 runs for term 9
  1.856 s  S1 times out
  1.856 s  S1 runs for term 9
  1.860 s  S4 learns of term 9 from S5
  1.861 s  S2 learns of term 9 from S5
  1.863 s  S3 learns of term 9 from S1
  1.872 s  S1 gets the vote of S3
  1.873 s  S1 is refused by S4
  1.873 s  S1 is refused by S2
  2.021 s  S1 times out
  2.021 s  S1 runs for term 10
  2.028 s  S4 learns of term 10 from S1
  2.029 s  S3 learns of term 10 from S1
  2.030 s  S2 learns of term 10 from S1
  2.034 s  S1 gets the vote of S4
  2.037 s  S1 gets the vote of S2
  2.037 s  S1 leads term 10
  2.038 s  S1 gets the vote of S3 too late
  2.043 s  S2 follows S1
  2.046 s  S3 follows S1
  2.046 s  S4 follows S1
  2.118 s  S5 times out
  2.118 s  S5 runs for term 10
  2.269 s  S5 times out
  2.269 s  S5 runs for term 11
           and so on
