# What happens in figure-2.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.500 s  S2 starts
  1.000 s  S3 starts
  1.500 s  S4 starts
  2.000 s  S5 starts
  2.570 s  S3 times out
  2.570 s  S3 runs for term 1
  2.632 s  S4 learns of term 1 from S3
  2.650 s  S5 learns of term 1 from S3
  2.663 s  S2 learns of term 1 from S3
  2.667 s  S1 learns of term 1 from S3
  2.691 s  S3 gets the vote of S5
  2.697 s  S3 gets the vote of S4
  2.697 s  S3 leads term 1
  2.725 s  S3 gets the vote of S1 too late
  2.745 s  S3 gets the vote of S2 too late
  2.750 s  S1 follows S3
  2.769 s  S4 follows S3
  2.779 s  S5 follows S3
  2.791 s  S2 follows S3
  5.200 s  S3 is killed
  6.708 s  S2 times out
  6.708 s  S2 runs for term 2
  6.754 s  S1 learns of term 2 from S2
  6.775 s  S5 learns of term 2 from S2
  6.789 s  S4 learns of term 2 from S2
  6.827 s  S2 gets the vote of S1
  6.874 s  S2 gets the vote of S5
  6.874 s  S2 leads term 2
  6.876 s  S2 gets the vote of S4 too late
  6.945 s  S4 follows S2
  6.945 s  S5 follows S2
  6.966 s  S1 follows S2
 10.000 s  S3 starts
 10.062 s  S3 learns of term 2 from S2
 10.062 s  S3 follows S2
