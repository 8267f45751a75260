# What happens in figure-3.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  1.500 s  S2 starts
  3.144 s  S1 times out
  3.144 s  S1 runs for term 1
  3.216 s  S2 learns of term 1 from S1
  3.257 s  S1 gets the vote of S2
  3.500 s  S3 starts
  4.500 s  S4 starts
  5.576 s  S3 times out
  5.576 s  S3 runs for term 1
  5.638 s  S1 runs for term 2
  5.649 s  S4 learns of term 1 from S3
  5.687 s  S4 learns of term 2 from S1
  5.691 s  S3 gets the vote of S4
  5.719 s  S3 is refused by S2
  5.728 s  S3 learns of term 2 from S1
  5.728 s  S3 steps down
  5.731 s  S2 learns of term 2 from S1
  5.735 s  S3 gets the refusal of S1 too late
  5.777 s  S1 gets the vote of S3
  5.781 s  S1 gets the vote of S4
  5.781 s  S1 leads term 2
  5.824 s  S1 gets the vote of S2 too late
  5.839 s  S4 follows S1
  5.852 s  S2 follows S1
  5.868 s  S3 follows S1
  6.000 s  S5 starts
  6.075 s  S5 learns of term 2 from S1
  6.075 s  S5 follows S1
  8.950 s  S1 is killed
 10.333 s  S3 times out
 10.333 s  S3 runs for term 3
 10.374 s  S2 learns of term 3 from S3
 10.386 s  S4 learns of term 3 from S3
 10.388 s  S5 learns of term 3 from S3
 10.432 s  S3 gets the vote of S4
 10.437 s  S3 gets the vote of S2
 10.437 s  S3 leads term 3
 10.457 s  S3 gets the vote of S5 too late
 10.485 s  S5 follows S3
 10.490 s  S2 follows S3
 10.522 s  S4 follows S3
