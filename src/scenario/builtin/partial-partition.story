# What happens in partial-partition.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.158 s  S3 times out
  0.158 s  S3 runs for term 1
  0.163 s  S2 learns of term 1 from S3
  0.164 s  S1 learns of term 1 from S3
  0.165 s  S4 learns of term 1 from S3
  0.166 s  S5 learns of term 1 from S3
  0.170 s  S3 gets the vote of S2
  0.171 s  S3 gets the vote of S4
  0.171 s  S3 leads term 1
  0.171 s  S3 gets the vote of S1 too late
  0.173 s  S3 gets the vote of S5 too late
  0.176 s  S4 follows S3
  0.178 s  S2 follows S3
  0.178 s  S5 follows S3
  0.180 s  S1 follows S3
  0.300 s  cut S1>S4
  0.300 s  cut S4>S1
  0.300 s  cut S1>S5
  0.300 s  cut S5>S1
  0.300 s  cut S2>S5
  0.300 s  cut S5>S2
  0.300 s  cut S3>S4
  0.300 s  cut S4>S3
  0.300 s  cut S4>S5
  0.300 s  cut S5>S4
  0.434 s  S4 times out
  0.434 s  S4 runs for term 2
  0.442 s  S2 learns of term 2 from S4
  0.450 s  S4 gets the vote of S2
  0.480 s  S2 denies the heartbeat of S3
  0.490 s  S3 learns of term 2 from S2
  0.490 s  S3 steps down
  0.630 s  S2 times out
  0.630 s  S2 runs for term 3
  0.636 s  S4 learns of term 3 from S2
  0.636 s  S4 steps down
  0.638 s  S1 learns of term 3 from S2
  0.639 s  S3 learns of term 3 from S2
  0.645 s  S2 gets the vote of S4
  0.646 s  S2 gets the vote of S1
  0.646 s  S2 leads term 3
  0.647 s  S2 gets the vote of S3 too late
  0.654 s  S1 follows S2
  0.655 s  S4 follows S2
  0.655 s  S3 follows S2
  0.684 s  S5 times out
  0.684 s  S5 runs for term 2
  0.700 s  S5 learns of term 3 from S3
  0.700 s  S5 steps down
  0.700 s  S5 gets the refusal of S3 too late
  0.846 s  S5 times out
  0.846 s  S5 runs for term 4
  0.851 s  S3 learns of term 4 from S5
  0.859 s  S5 gets the vote of S3
  0.879 s  S3 denies the heartbeat of S2
  0.887 s  S2 learns of term 4 from S3
  0.887 s  S2 steps down
  1.038 s  S4 times out
  1.038 s  S4 runs for term 4
  1.054 s  S4 gets the vote of S2
  1.065 s  S1 times out
  1.065 s  S1 runs for term 4
  1.080 s  S1 is refused by S2
  1.083 s  S1 is refused by S3
  1.122 s  S3 times out
  1.122 s  S3 runs for term 5
  1.127 s  S5 learns of term 5 from S3
  1.127 s  S5 steps down
  1.129 s  S2 learns of term 5 from S3
  1.131 s  S1 learns of term 5 from S3
  1.131 s  S1 steps down
  1.134 s  S3 gets the vote of S5
  1.135 s  S3 gets the vote of S2
  1.135 s  S3 leads term 5
  1.140 s  S3 gets the vote of S1 too late
  1.140 s  S1 follows S3
  1.141 s  S2 follows S3
  1.143 s  S5 follows S3
  1.297 s  S4 times out
  1.297 s  S4 runs for term 5
  1.311 s  S4 is refused by S2
  1.581 s  S4 times out
  1.581 s  S4 runs for term 6
  1.587 s  S2 learns of term 6 from S4
  1.592 s  S2 denies the heartbeat of S3
  1.593 s  S4 gets the vote of S2
  1.599 s  S3 learns of term 6 from S2
  1.599 s  S3 steps down
  1.754 s  S3 times out
  1.754 s  S3 runs for term 7
  1.760 s  S1 learns of term 7 from S3
  1.764 s  S2 learns of term 7 from S3
  1.764 s  S5 learns of term 7 from S3
  1.768 s  S3 gets the vote of S1
  1.770 s  S3 gets the vote of S5
  1.770 s  S3 leads term 7
  1.771 s  S3 gets the vote of S2 too late
  1.776 s  S2 follows S3
  1.778 s  S5 follows S3
  1.779 s  S1 follows S3
  1.811 s  S4 times out
  1.811 s  S4 runs for term 7
  1.824 s  S4 is refused by S2
  2.065 s  S4 times out
  2.065 s  S4 runs for term 8
  2.072 s  S2 learns of term 8 from S4
  2.079 s  S2 denies the heartbeat of S3
  2.082 s  S4 gets the vote of S2
  2.088 s  S3 learns of term 8 from S2
  2.088 s  S3 steps down
  2.260 s  S2 times out
  2.260 s  S2 runs for term 9
  2.262 s  S4 times out
  2.262 s  S4 runs for term 9
  2.265 s  S3 learns of term 9 from S2
           and so on
