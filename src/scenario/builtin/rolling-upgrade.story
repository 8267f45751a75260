# What happens in rolling-upgrade.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.000 s  server S4 rule pre-vote on
  0.000 s  server S5 rule pre-vote on
  0.188 s  S1 times out
  0.188 s  S1 runs for term 1
  0.194 s  S5 learns of term 1 from S1
  0.194 s  S3 learns of term 1 from S1
  0.194 s  S4 learns of term 1 from S1
  0.196 s  S2 learns of term 1 from S1
  0.202 s  S1 gets the vote of S4
  0.202 s  S1 gets the vote of S3
  0.202 s  S1 leads term 1
  0.204 s  S1 gets the vote of S5 too late
  0.204 s  S1 gets the vote of S2 too late
  0.208 s  S5 follows S1
  0.208 s  S2 follows S1
  0.209 s  S3 follows S1
  0.212 s  S4 follows S1
  0.400 s  S5 is isolated
  0.543 s  S5 times out
  0.543 s  S5 asks first about term 2
  0.742 s  S5 times out
  0.742 s  S5 asks first about term 2
  0.904 s  S5 times out
  0.904 s  S5 asks first about term 2
  1.000 s  S5 rejoins
  1.033 s  S5 steps down
  1.200 s  S3 is isolated
  1.370 s  S3 times out
  1.370 s  S3 runs for term 2
  1.527 s  S3 times out
  1.527 s  S3 runs for term 3
  1.693 s  S3 times out
  1.693 s  S3 runs for term 4
  1.800 s  S3 rejoins
  1.859 s  S3 denies the heartbeat of S1
  1.866 s  S1 learns of term 4 from S3
  1.866 s  S1 steps down
  1.870 s  S3 times out
  1.870 s  S3 runs for term 5
  1.876 s  S4 learns of term 5 from S3
  1.878 s  S2 learns of term 5 from S3
  1.878 s  S1 learns of term 5 from S3
  1.879 s  S5 learns of term 5 from S3
  1.884 s  S3 gets the vote of S2
  1.885 s  S3 gets the vote of S5
  1.885 s  S3 leads term 5
  1.886 s  S3 gets the vote of S4 too late
  1.888 s  S3 gets the vote of S1 too late
  1.892 s  S5 follows S3
  1.893 s  S1 follows S3
  1.894 s  S4 follows S3
  1.895 s  S2 follows S3
