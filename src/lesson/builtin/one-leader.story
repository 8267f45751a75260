# What happens in one-leader.lesson. `UPDATE_STORIES=1 cargo test --test lesson stories` writes it anew.

1 ask predict: Five servers have just started. All are followers: nobody leads. The arc around each shows how much longer it waits for a leader.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.151 s  S2 times out
  0.151 s  S2 runs for term 1
  0.151 s

2 say: S2 gives up waiting for a leader and becomes a candidate. Time is divided into numbered terms, and each election begins a new one: this is term 1. S2 votes for itself and asks the other four for their votes.
  0.151 s

3 wait: The requests will go out, and the votes will travel back to S2. It needs a majority of the five: three votes, its own included.
  0.156 s  S5 learns of term 1 from S2
  0.157 s  S4 learns of term 1 from S2
  0.159 s  S1 learns of term 1 from S2
  0.161 s  S3 learns of term 1 from S2
  0.162 s  S2 gets the vote of S5
  0.165 s  S2 gets the vote of S4
  0.165 s  S2 leads term 1
  0.165 s

4 wait: In Raft the leader orders the clients' requests and has the others copy them; this page plays only how it is chosen. Watch what it does to stay leader, in slow motion. Look at the arcs of the followers each time a message of S2 reaches them.
  0.165 s  S2 gets the vote of S1 too late
  0.169 s  S2 gets the vote of S3 too late
  0.170 s  S3 follows S2
  0.171 s  S4 follows S2
  0.171 s  S5 follows S2
  0.174 s  S1 follows S2
  0.345 s

5 ask: Why does no other server stand for election?
  0.345 s

6 task: Crash the leader: press S2 on the ring.
  0.345 s  S2 is killed
  0.345 s

7 wait: Nothing tells the four that S2 is gone. Watch what they do.
  0.526 s  S3 times out
  0.526 s  S3 runs for term 2
  0.533 s  S4 learns of term 2 from S3
  0.535 s  S5 learns of term 2 from S3
  0.536 s  S1 learns of term 2 from S3
  0.543 s  S3 gets the vote of S4
  0.545 s  S3 gets the vote of S5
  0.545 s  S3 leads term 2
  0.545 s

8 task: Bring S2 back: press it again, and see what it becomes.
  0.545 s  S2 starts
  0.546 s  S3 gets the vote of S1 too late
  0.553 s  S1 follows S3
  0.554 s  S2 learns of term 2 from S3
  0.554 s  S2 follows S3
  0.554 s
