# What happens in timeouts.lesson. `UPDATE_STORIES=1 cargo test --test lesson stories` writes it anew.

1 wait: Here a message takes 120 to 180 ms, so an answer takes at least 240 ms. The election timeouts are 150 to 300 ms.
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
  0.638 s

2 ask: S3 did get a vote for term 1. Why did it not help?
  0.638 s

3 task: Give elections the time they need: in the panel “Network”, set the election timeout far above the time of an answer, such as 1500 to 3000 ms. Wait until a leader lasts a second.
  0.638 s  timing election-timeout 1500 ms to 3000 ms heartbeat-interval 75 ms
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
  0.884 s  S3 times out
  0.884 s  S3 runs for term 4
  0.916 s  S3 gets the refusal of S4 for an earlier term
  0.929 s  S4 is refused by S2
  0.940 s  S2 is refused by S3
  0.941 s  S3 gets the refusal of S2 for an earlier term
  0.945 s  S2 is refused by S1
  0.948 s  S5 is refused by S4
  0.956 s  S3 gets the refusal of S1 for an earlier term
  0.964 s  S4 is refused by S5
  0.965 s  S2 is refused by S4
  0.966 s  S4 is refused by S3
  0.967 s  S5 is refused by S3
  0.969 s  S5 is refused by S2
  0.972 s  S5 is refused by S1
  0.974 s  S4 is refused by S1
  0.978 s  S3 gets the refusal of S5 for an earlier term
  1.010 s  S2 is refused by S5
  1.022 s  S4 learns of term 4 from S3
  1.022 s  S4 steps down
  1.022 s  S1 learns of term 4 from S3
  1.022 s  S1 steps down
  1.022 s  S1 gets the refusal of S3 too late
  1.036 s  S5 learns of term 4 from S3
  1.036 s  S5 steps down
  1.040 s  S2 learns of term 4 from S3
  1.040 s  S2 steps down
  1.051 s  S1 gets the refusal of S4 too late
  1.068 s  S1 gets the refusal of S2 too late
  1.103 s  S1 gets the refusal of S5 too late
  1.150 s  S3 gets the vote of S4
  1.193 s  S3 gets the vote of S1
  1.193 s  S3 leads term 4
  1.196 s  S3 gets the vote of S5 too late
  1.215 s  S3 gets the vote of S2 too late
  1.328 s  S4 follows S3
  1.330 s  S5 follows S3
  1.360 s  S1 follows S3
  1.370 s  S2 follows S3
  2.193 s

4 wait: The other way to be too slow: a leader that sends a heartbeat only every 400 ms. Its followers wait 150 to 300 ms.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.151 s  S2 times out
  0.151 s  S2 runs for term 1
  0.156 s  S5 learns of term 1 from S2
  0.157 s  S4 learns of term 1 from S2
  0.159 s  S1 learns of term 1 from S2
  0.161 s  S3 learns of term 1 from S2
  0.162 s  S2 gets the vote of S5
  0.165 s  S2 gets the vote of S4
  0.165 s  S2 leads term 1
  0.165 s  S2 gets the vote of S1 too late
  0.169 s  S2 gets the vote of S3 too late
  0.170 s  S3 follows S2
  0.171 s  S4 follows S2
  0.171 s  S5 follows S2
  0.174 s  S1 follows S2
  0.395 s  S3 times out
  0.395 s  S3 runs for term 2
  0.402 s  S4 learns of term 2 from S3
  0.402 s  S2 learns of term 2 from S3
  0.402 s  S2 steps down
  0.402 s

5 task: In the panel “Network”, set the heartbeat interval well below the shortest election timeout, and wait until a leader lasts a second.
  0.402 s  timing election-timeout 150 ms to 300 ms heartbeat-interval 75 ms
  0.404 s  S5 learns of term 2 from S3
  0.405 s  S1 learns of term 2 from S3
  0.409 s  S3 gets the vote of S2
  0.412 s  S3 gets the vote of S4
  0.412 s  S3 leads term 2
  0.414 s  S3 gets the vote of S5 too late
  0.415 s  S3 gets the vote of S1 too late
  0.419 s  S2 follows S3
  0.420 s  S1 follows S3
  0.421 s  S5 follows S3
  0.421 s  S4 follows S3
  1.412 s
