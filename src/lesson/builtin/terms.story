# What happens in terms.lesson. `UPDATE_STORIES=1 cargo test --test lesson stories` writes it anew.

1 wait: Each election begins a new term, and every message carries the term of its sender. Watch S5 win term 1; at 0.3 s it will be cut off.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.153 s  S5 times out
  0.153 s  S5 runs for term 1
  0.159 s  S4 learns of term 1 from S5
  0.159 s  S2 learns of term 1 from S5
  0.160 s  S3 learns of term 1 from S5
  0.161 s  S1 learns of term 1 from S5
  0.165 s  S5 gets the vote of S2
  0.165 s  S5 gets the vote of S4
  0.165 s  S5 leads term 1
  0.168 s  S5 gets the vote of S3 too late
  0.170 s  S5 gets the vote of S1 too late
  0.174 s  S1 follows S5
  0.174 s  S4 follows S5
  0.175 s  S3 follows S5
  0.175 s  S2 follows S5
  0.300 s  S5 is isolated
  0.300 s

2 ask: Will the other four wait for S5?
  0.300 s

3 ask predict: 
  0.398 s  S2 times out
  0.398 s  S2 runs for term 2
  0.404 s  S4 learns of term 2 from S2
  0.405 s  S3 learns of term 2 from S2
  0.407 s  S1 learns of term 2 from S2
  0.411 s  S2 gets the vote of S4
  0.413 s  S2 gets the vote of S3
  0.413 s  S2 leads term 2
  0.413 s

4 wait: At 0.6 s S5's links will be restored.
  0.414 s  S2 gets the vote of S1 too late
  0.419 s  S1 follows S2
  0.420 s  S3 follows S2
  0.420 s  S4 follows S2
  0.600 s  S5 rejoins
  0.600 s

5 ask: S5 still sends heartbeats of term 1. What does a server in term 2 do with one?
  0.600 s

6 wait: Watch S5's next heartbeat, in slow motion.
  0.623 s  S4 denies the heartbeat of S5
  0.623 s  S3 denies the heartbeat of S5
  0.624 s  S2 denies the heartbeat of S5
  0.625 s  S1 denies the heartbeat of S5
  0.631 s  S5 learns of term 2 from S1
  0.631 s  S5 steps down
  0.631 s

7 wait: The same run with a bug: nobody steps down for a newer term.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.153 s  S5 times out
  0.153 s  S5 runs for term 1
  0.159 s  S4 learns of term 1 from S5
  0.159 s  S2 learns of term 1 from S5
  0.160 s  S3 learns of term 1 from S5
  0.161 s  S1 learns of term 1 from S5
  0.165 s  S5 gets the vote of S2
  0.165 s  S5 gets the vote of S4
  0.165 s  S5 leads term 1
  0.168 s  S5 gets the vote of S3 too late
  0.170 s  S5 gets the vote of S1 too late
  0.174 s  S1 follows S5
  0.174 s  S4 follows S5
  0.175 s  S3 follows S5
  0.175 s  S2 follows S5
  0.300 s  S5 is isolated
  0.398 s  S2 times out
  0.398 s  S2 runs for term 2
  0.404 s  S4 learns of term 2 from S2
  0.405 s  S3 learns of term 2 from S2
  0.407 s  S1 learns of term 2 from S2
  0.411 s  S2 gets the vote of S4
  0.413 s  S2 gets the vote of S3
  0.413 s  S2 leads term 2
  0.414 s  S2 gets the vote of S1 too late
  0.419 s  S1 follows S2
  0.420 s  S3 follows S2
  0.420 s  S4 follows S2
  0.600 s  S5 rejoins
  0.623 s  S4 denies the heartbeat of S5
  0.623 s  S3 denies the heartbeat of S5
  0.624 s  S2 denies the heartbeat of S5
  0.625 s  S1 denies the heartbeat of S5
  0.631 s  S5 learns of term 2 from S1
  0.631 s

8 ask: Which rule of Raft do these servers lack?
  0.631 s

9 task: Switch on “A newer term makes a server step down” (panel “Rules”). Then begin a newer term: “Election timeout now” in the menu of S3 (right click, long press, or Shift+F10).
  0.631 s  rules paper
  0.645 s  S5 denies the heartbeat of S2
  0.661 s  time-out S3
  0.661 s  S3 times out
  0.661 s  S3 runs for term 3
  0.666 s  S2 learns of term 3 from S3
  0.666 s  S2 steps down
  0.667 s  S1 learns of term 3 from S3
  0.669 s  S5 learns of term 3 from S3
  0.669 s  S5 steps down
  0.669 s

10 wait: A new run, with another bug. S1 will stand in term 1, and the votes of S2 and S3 will reach it late.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.010 s  time-out S1
  0.010 s  S1 times out
  0.010 s  S1 runs for term 1
  0.015 s  S2 learns of term 1 from S1
  0.016 s  S4 learns of term 1 from S1
  0.017 s  S3 learns of term 1 from S1
  0.019 s  S5 learns of term 1 from S1
  0.021 s  hold S2>S1#0 for 140 ms
  0.021 s  hold S3>S1#0 for 140 ms
  0.040 s  time-out S5
  0.040 s  S5 times out
  0.040 s  S5 runs for term 2
  0.046 s  S4 learns of term 2 from S5
  0.048 s  S2 learns of term 2 from S5
  0.049 s  S3 learns of term 2 from S5
  0.053 s  S5 gets the vote of S4
  0.054 s  S5 gets the vote of S2
  0.054 s  S5 leads term 2
  0.055 s  time-out S1
  0.055 s  S1 times out
  0.055 s  S1 runs for term 2
  0.055 s

11 ask: The late votes will reach S1 in term 2. By the rules of Raft, may it count them?
  0.055 s

12 wait: This S1 counts votes of any term.
  0.058 s  S5 gets the vote of S3 too late
  0.061 s  S2 follows S5
  0.062 s  S4 follows S5
  0.062 s  S3 follows S5
  0.068 s  S1 is refused by S2
  0.071 s  S1 is refused by S3
  0.164 s  S1 gets the vote of S3
  0.164 s  S1 gets the vote of S2
  0.164 s  S1 leads term 2
  0.164 s

13 task: The same run, before the late votes arrive. Switch on “A reply's term must match” (panel “Rules”), and let time pass.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.010 s  time-out S1
  0.010 s  S1 times out
  0.010 s  S1 runs for term 1
  0.015 s  S2 learns of term 1 from S1
  0.016 s  S4 learns of term 1 from S1
  0.017 s  S3 learns of term 1 from S1
  0.019 s  S5 learns of term 1 from S1
  0.021 s  hold S2>S1#0 for 140 ms
  0.021 s  hold S3>S1#0 for 140 ms
  0.040 s  time-out S5
  0.040 s  S5 times out
  0.040 s  S5 runs for term 2
  0.046 s  S4 learns of term 2 from S5
  0.048 s  S2 learns of term 2 from S5
  0.049 s  S3 learns of term 2 from S5
  0.053 s  S5 gets the vote of S4
  0.054 s  S5 gets the vote of S2
  0.054 s  S5 leads term 2
  0.055 s  time-out S1
  0.055 s  S1 times out
  0.055 s  S1 runs for term 2
  0.058 s  S5 gets the vote of S3 too late
  0.061 s  S2 follows S5
  0.062 s  S4 follows S5
  0.062 s  S3 follows S5
  0.068 s  S1 is refused by S2
  0.071 s  S1 is refused by S3
  0.075 s  rules paper
  0.164 s  S1 gets the vote of S3 for an earlier term
  0.164 s
