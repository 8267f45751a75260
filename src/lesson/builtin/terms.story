# What happens in terms.lesson. `UPDATE_STORIES=1 cargo test --test lesson stories` writes it anew.

1 wait: Each election begins a new term, and terms are numbered. Every message carries the term of its sender. Watch the first election.
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
  0.165 s

2 wait: At 0.3 s, S5 will be cut off from all others.
  0.168 s  S5 gets the vote of S3 too late
  0.170 s  S5 gets the vote of S1 too late
  0.174 s  S1 follows S5
  0.174 s  S4 follows S5
  0.175 s  S3 follows S5
  0.175 s  S2 follows S5
  0.300 s  S5 is isolated
  0.300 s

3 ask: Will the other four wait for S5?
  0.300 s

4 ask predict: 
  0.398 s  S2 times out
  0.398 s  S2 runs for term 2
  0.404 s  S4 learns of term 2 from S2
  0.405 s  S3 learns of term 2 from S2
  0.407 s  S1 learns of term 2 from S2
  0.411 s  S2 gets the vote of S4
  0.413 s  S2 gets the vote of S3
  0.413 s  S2 leads term 2
  0.413 s

5 ask: At 0.6 s the links of S5 are restored. What will happen?
  0.413 s

6 wait: Follow the next heartbeats of S5, in slow motion. They still say “term 1”.
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
  0.631 s  S5 steps down
  0.631 s

7 wait: The same run, but these servers have a bug: nobody steps down when a newer term appears. S5 is about to come back.
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

8 ask: Which rule is missing in this program?
  0.631 s

9 task: Fix it: in the panel “Rules”, switch on “A newer term makes a server step down”. Both leaders are in term 2, so nothing changes yet. Then let a newer term begin: a right click on S3, a long press, or Shift+F10 opens its menu, which has “Election timeout now”.
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

10 wait: A slow network. S1 will stand for election in term 1, but the votes of S2 and S3 will be held up, and it can't hear S4 and S5.
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

11 ask: The votes of S2 and S3 for term 1 will reach S1 while it stands for term 2. By the rules of Raft, may it count them?
  0.055 s

12 wait: This S1 counts them. Watch what comes of it.
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

13 task: The same run from its start. Switch on “A reply's term must match” (panel “Rules”), then let time pass until S1 ignores an old vote.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.000 s  rules paper
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
  0.164 s  S1 gets the vote of S3 for an earlier term
  0.164 s
