# What happens in tight-timeout.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.164 s  S3 times out
  0.164 s  S3 runs for term 1
  0.165 s  S2 times out
  0.165 s  S2 runs for term 1
  0.210 s  S4 times out
  0.210 s  S4 runs for term 1
  0.234 s  S1 times out
  0.234 s  S1 runs for term 1
  0.287 s  S5 learns of term 1 from S3
  0.353 s  S3 times out
  0.353 s  S3 runs for term 2
  0.379 s  S2 times out
  0.379 s  S2 runs for term 2
  0.436 s  S3 gets the vote of S5 for an earlier term
  0.451 s  S2 gets the refusal of S3 for an earlier term
  0.467 s  S3 gets the refusal of S1 for an earlier term
  0.470 s  S2 gets the refusal of S4 for an earlier term
  0.477 s  S2 gets the refusal of S1 for an earlier term
  0.487 s  S3 gets the refusal of S2 for an earlier term
  0.489 s  S1 learns of term 2 from S3
  0.489 s  S1 steps down
  0.491 s  S2 gets the refusal of S5 for an earlier term
  0.491 s  S5 learns of term 2 from S3
  0.498 s  S3 gets the refusal of S4 for an earlier term
  0.502 s  S4 times out
  0.502 s  S4 runs for term 2
  0.511 s  S4 gets the refusal of S2 for an earlier term
  0.525 s  S4 gets the refusal of S5 for an earlier term
  0.527 s  S4 gets the refusal of S1 for an earlier term
  0.533 s  S1 gets the refusal of S2 too late
  0.542 s  S1 gets the refusal of S4 too late
  0.543 s  S4 is refused by S3
  0.544 s  S1 gets the refusal of S3 too late
  0.554 s  S1 gets the refusal of S5 too late
  0.638 s  S3 times out
  0.638 s  S3 runs for term 3
  0.642 s  S2 is refused by S4
  0.650 s  S3 gets the refusal of S2 for an earlier term
  0.653 s  S2 is refused by S5
  0.656 s  S3 gets the refusal of S4 for an earlier term
  0.661 s  S3 gets the vote of S5 for an earlier term
  0.662 s  S2 is refused by S3
  0.664 s  S3 gets the vote of S1 for an earlier term
  0.667 s  S5 times out
  0.667 s  S5 runs for term 3
  0.668 s  S2 times out
  0.668 s  S2 runs for term 3
  0.669 s  S4 times out
  0.669 s  S4 runs for term 3
  0.686 s  S2 gets the refusal of S1 for an earlier term
  0.763 s  S1 times out
  0.763 s  S1 runs for term 3
  0.777 s  S4 gets the refusal of S3 for an earlier term
  0.797 s  S4 gets the refusal of S2 for an earlier term
  0.803 s  S4 gets the refusal of S1 for an earlier term
  0.829 s  S4 is refused by S5
  0.839 s  S5 times out
  0.839 s  S5 runs for term 4
  0.884 s  S3 times out
  0.884 s  S3 runs for term 4
  0.916 s  S3 gets the refusal of S4 for an earlier term
  0.921 s  S2 times out
  0.921 s  S2 runs for term 4
  0.929 s  S4 is refused by S2
  0.940 s  S2 gets the refusal of S3 for an earlier term
  0.941 s  S3 gets the refusal of S2 for an earlier term
  0.945 s  S2 gets the refusal of S1 for an earlier term
  0.948 s  S5 gets the refusal of S4 for an earlier term
  0.956 s  S3 gets the refusal of S1 for an earlier term
  0.962 s  S4 times out
  0.962 s  S4 runs for term 4
  0.964 s  S4 gets the refusal of S5 for an earlier term
  0.965 s  S2 gets the refusal of S4 for an earlier term
  0.966 s  S4 gets the refusal of S3 for an earlier term
  0.967 s  S5 gets the refusal of S3 for an earlier term
  0.969 s  S5 gets the refusal of S2 for an earlier term
  0.970 s  S1 times out
  0.970 s  S1 runs for term 4
  0.972 s  S5 gets the refusal of S1 for an earlier term
  0.974 s  S4 gets the refusal of S1 for an earlier term
  0.978 s  S3 gets the refusal of S5 for an earlier term
  1.010 s  S2 gets the refusal of S5 for an earlier term
  1.022 s  S1 is refused by S3
  1.051 s  S1 gets the refusal of S4 for an earlier term
  1.105 s  S1 is refused by S2
  1.107 s  S2 times out
  1.107 s  S2 runs for term 5
  1.109 s  S3 times out
  1.109 s  S3 runs for term 5
  1.112 s  S1 is refused by S5
  1.112 s  S5 times out
  1.112 s  S5 runs for term 5
  1.125 s  S5 gets the refusal of S4 for an earlier term
  1.125 s  S5 gets the refusal of S1 for an earlier term
  1.131 s  S5 gets the refusal of S2 for an earlier term
  1.135 s  S5 gets the refusal of S3 for an earlier term
  1.164 s  S3 gets the refusal of S5 for an earlier term
  1.183 s  S3 gets the refusal of S2 for an earlier term
  1.188 s  S3 gets the refusal of S4 for an earlier term
  1.192 s  S4 times out
  1.192 s  S4 runs for term 5
  1.205 s  S3 gets the refusal of S1 for an earlier term
  1.213 s  S2 gets the refusal of S5 for an earlier term
  1.213 s  S1 is refused by S4
  1.224 s  S4 gets the refusal of S3 for an earlier term
  1.224 s  S2 gets the refusal of S1 for an earlier term
  1.248 s  S1 learns of term 5 from S2
  1.248 s  S1 steps down
  1.260 s  S2 gets the refusal of S4 for an earlier term
  1.271 s  S4 gets the refusal of S1 for an earlier term
  1.274 s  S2 gets the refusal of S3 for an earlier term
  1.274 s  S1 gets the refusal of S5 too late
  1.287 s  S4 is refused by S5
  1.300 s  S1 gets the refusal of S2 too late
  1.301 s  S1 gets the refusal of S3 too late
           and so on
