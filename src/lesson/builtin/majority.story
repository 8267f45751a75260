# What happens in majority.lesson. `UPDATE_STORIES=1 cargo test --test lesson stories` writes it anew.

1 wait: Five servers will elect a leader. Count the votes that S2 needs.
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
  0.165 s

2 ask: How many of the five may crash at most so that the others can still elect a leader?
  0.165 s

3 task: Go one too far: crash S2, the leader, and then two more.
  0.165 s  S2 gets the vote of S1 too late
  0.169 s  S2 gets the vote of S3 too late
  0.170 s  S3 follows S2
  0.171 s  S4 follows S2
  0.171 s  S5 follows S2
  0.174 s  S1 follows S2
  0.185 s  S2 is killed
  0.205 s  S3 is killed
  0.225 s  S4 is killed
  0.225 s

4 wait: Watch both for a second of the run.
  0.428 s  S1 times out
  0.428 s  S1 runs for term 2
  0.436 s  S5 times out
  0.436 s  S5 runs for term 2
  0.444 s  S1 is refused by S5
  0.453 s  S5 is refused by S1
  0.628 s  S1 times out
  0.628 s  S1 runs for term 3
  0.634 s  S5 learns of term 3 from S1
  0.634 s  S5 steps down
  0.639 s  S1 gets the vote of S5
  0.866 s  S5 times out
  0.866 s  S5 runs for term 4
  0.872 s  S1 learns of term 4 from S5
  0.872 s  S1 steps down
  0.878 s  S5 gets the vote of S1
  1.091 s  S5 times out
  1.091 s  S5 runs for term 5
  1.101 s  S1 learns of term 5 from S5
  1.106 s  S5 gets the vote of S1
  1.225 s

5 task: Restart one server and wait for a leader.
  1.225 s  S3 starts
  1.268 s  S1 times out
  1.268 s  S1 runs for term 6
  1.277 s  S5 learns of term 6 from S1
  1.277 s  S5 steps down
  1.277 s  S3 learns of term 6 from S1
  1.283 s  S1 gets the vote of S5
  1.286 s  S1 gets the vote of S3
  1.286 s  S1 leads term 6
  1.286 s

6 wait: Five servers again. Two will stand for election almost at once.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.100 s  time-out S1
  0.100 s  S1 times out
  0.100 s  S1 runs for term 1
  0.102 s  time-out S4
  0.102 s  S4 times out
  0.102 s  S4 runs for term 1
  0.102 s

7 ask: S2, S3 and S5 have not voted yet, and each has one vote in this term. Can both candidates win term 1?
  0.102 s

8 ask predict: A server votes for the first request that reaches it. S1 asked first, but S4's messages may be faster.
  0.105 s  S2 learns of term 1 from S1
  0.107 s  S3 learns of term 1 from S4
  0.108 s  S5 learns of term 1 from S4
  0.112 s  S4 gets the vote of S3
  0.114 s  S1 is refused by S3
  0.114 s  S1 is refused by S4
  0.114 s  S1 gets the vote of S2
  0.115 s  S4 gets the vote of S5
  0.115 s  S4 leads term 1
  0.115 s

9 wait: Now a cluster of four. Count the votes that S2 needs.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.182 s  S2 times out
  0.182 s  S2 runs for term 1
  0.189 s  S4 learns of term 1 from S2
  0.189 s  S1 learns of term 1 from S2
  0.190 s  S3 learns of term 1 from S2
  0.194 s  S2 gets the vote of S4
  0.197 s  S2 gets the vote of S1
  0.197 s  S2 leads term 1
  0.197 s

10 wait: At 0.4 s the network will be cut: S1 and S2 on one side, S3 and S4 on the other.
  0.200 s  S2 gets the vote of S3 too late
  0.203 s  S1 follows S2
  0.204 s  S3 follows S2
  0.205 s  S4 follows S2
  0.400 s  partition S1 S2
  0.400 s

11 ask: Which side can elect a leader now?
  0.400 s

12 wait: Watch S3 and S4, which hear no heartbeats.
  0.609 s  S3 times out
  0.609 s  S3 runs for term 2
  0.614 s  S4 learns of term 2 from S3
  0.624 s  S3 gets the vote of S4
  0.830 s  S3 times out
  0.830 s  S3 runs for term 3
  0.830 s

13 ask: What does a fifth server bring, compared with four?
  0.830 s
