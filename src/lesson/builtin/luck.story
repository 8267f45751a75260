# What happens in luck.lesson. `UPDATE_STORIES=1 cargo test --test lesson stories` writes it anew.

1 wait: S1 leads term 1, and will crash at 0.32 s.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.157 s  S1 times out
  0.157 s  S1 runs for term 1
  0.164 s  S2 learns of term 1 from S1
  0.164 s  S5 learns of term 1 from S1
  0.165 s  S4 learns of term 1 from S1
  0.165 s  S3 learns of term 1 from S1
  0.170 s  S1 gets the vote of S5
  0.172 s  S1 gets the vote of S2
  0.172 s  S1 leads term 1
  0.173 s  S1 gets the vote of S4 too late
  0.173 s  S1 gets the vote of S3 too late
  0.178 s  S2 follows S1
  0.181 s  S3 follows S1
  0.181 s  S4 follows S1
  0.182 s  S5 follows S1
  0.320 s  S1 is killed
  0.320 s

2 wait: Watch whose timer is the first to expire.
  0.466 s  S3 times out
  0.466 s  S3 runs for term 2
  0.467 s  S2 times out
  0.467 s  S2 runs for term 2
  0.467 s

3 ask: S4 and S5 have not voted yet. When does nobody win term 2?
  0.467 s

4 wait: Watch whom S4 and S5 vote for.
  0.472 s  S4 learns of term 2 from S3
  0.472 s  S5 learns of term 2 from S2
  0.480 s  S2 gets the vote of S5
  0.480 s  S3 gets the vote of S4
  0.480 s

5 ask predict: Nobody announces that. Each waits for its own election timer again.
  0.481 s  S3 is refused by S5
  0.482 s  S2 is refused by S4
  0.483 s  S2 is refused by S3
  0.483 s  S3 is refused by S2
  0.650 s  S5 times out
  0.650 s  S5 runs for term 3
  0.655 s  S4 learns of term 3 from S5
  0.657 s  S2 learns of term 3 from S5
  0.657 s  S2 steps down
  0.659 s  S3 learns of term 3 from S5
  0.659 s  S3 steps down
  0.662 s  S5 gets the vote of S4
  0.664 s  S5 gets the vote of S2
  0.664 s  S5 leads term 3
  0.664 s

6 wait: Nothing is random here: every server waits exactly 150 ms.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.150 s  S1 times out
  0.150 s  S1 runs for term 1
  0.150 s  S2 times out
  0.150 s  S2 runs for term 1
  0.150 s  S3 times out
  0.150 s  S3 runs for term 1
  0.150 s  S4 times out
  0.150 s  S4 runs for term 1
  0.150 s  S5 times out
  0.150 s  S5 runs for term 1
  0.161 s  S5 is refused by S4
  0.162 s  S5 is refused by S2
  0.162 s  S1 is refused by S4
  0.163 s  S4 is refused by S5
  0.163 s  S4 is refused by S2
  0.163 s  S4 is refused by S1
  0.163 s  S2 is refused by S5
  0.163 s  S3 is refused by S2
  0.164 s  S2 is refused by S4
  0.165 s  S2 is refused by S1
  0.165 s  S3 is refused by S5
  0.165 s  S3 is refused by S4
  0.165 s  S1 is refused by S2
  0.166 s  S1 is refused by S5
  0.166 s  S2 is refused by S3
  0.167 s  S5 is refused by S1
  0.167 s  S1 is refused by S3
  0.168 s  S3 is refused by S1
  0.168 s  S5 is refused by S3
  0.169 s  S4 is refused by S3
  0.300 s  S1 times out
  0.300 s  S1 runs for term 2
  0.300 s  S2 times out
  0.300 s  S2 runs for term 2
  0.300 s  S3 times out
  0.300 s  S3 runs for term 2
  0.300 s  S4 times out
  0.300 s  S4 runs for term 2
  0.300 s  S5 times out
  0.300 s  S5 runs for term 2
  0.307 s

7 ask: Will it end by itself?
  0.307 s

8 task: Switch randomised election timeouts on (panel “Rules”), and wait for a leader.
  0.307 s  rules paper
  0.310 s  S5 is refused by S1
  0.311 s  S3 is refused by S1
  0.311 s  S5 is refused by S2
  0.311 s  S1 is refused by S5
  0.314 s  S3 is refused by S2
  0.314 s  S1 is refused by S2
  0.314 s  S2 is refused by S1
  0.314 s  S2 is refused by S4
  0.314 s  S2 is refused by S3
  0.315 s  S4 is refused by S3
  0.315 s  S2 is refused by S5
  0.315 s  S4 is refused by S2
  0.315 s  S3 is refused by S4
  0.315 s  S4 is refused by S1
  0.315 s  S5 is refused by S3
  0.316 s  S4 is refused by S5
  0.316 s  S5 is refused by S4
  0.316 s  S1 is refused by S4
  0.318 s  S1 is refused by S3
  0.319 s  S3 is refused by S5
  0.450 s  S1 times out
  0.450 s  S1 runs for term 3
  0.450 s  S2 times out
  0.450 s  S2 runs for term 3
  0.450 s  S3 times out
  0.450 s  S3 runs for term 3
  0.450 s  S4 times out
  0.450 s  S4 runs for term 3
  0.450 s  S5 times out
  0.450 s  S5 runs for term 3
  0.462 s  S1 is refused by S5
  0.462 s  S4 is refused by S5
  0.462 s  S1 is refused by S4
  0.463 s  S5 is refused by S3
  0.463 s  S4 is refused by S2
  0.463 s  S4 is refused by S3
  0.463 s  S3 is refused by S4
  0.464 s  S3 is refused by S1
  0.464 s  S3 is refused by S5
  0.464 s  S2 is refused by S1
  0.464 s  S1 is refused by S3
  0.465 s  S5 is refused by S2
  0.465 s  S5 is refused by S4
  0.465 s  S2 is refused by S5
  0.465 s  S2 is refused by S3
  0.466 s  S2 is refused by S4
  0.466 s  S3 is refused by S2
  0.467 s  S1 is refused by S2
  0.468 s  S4 is refused by S1
  0.468 s  S5 is refused by S1
  0.601 s  S2 times out
  0.601 s  S2 runs for term 4
  0.608 s  S1 learns of term 4 from S2
  0.608 s  S1 steps down
  0.608 s  S5 learns of term 4 from S2
  0.608 s  S5 steps down
  0.609 s  S3 learns of term 4 from S2
  0.609 s  S3 steps down
  0.610 s  S4 learns of term 4 from S2
           and so on
  0.615 s

9 wait: The split vote again, with a bug: after an election no election timer runs any more. To show it, all timers are set to a minute at 0.5 s.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.157 s  S1 times out
  0.157 s  S1 runs for term 1
  0.164 s  S2 learns of term 1 from S1
  0.164 s  S5 learns of term 1 from S1
  0.165 s  S4 learns of term 1 from S1
  0.165 s  S3 learns of term 1 from S1
  0.170 s  S1 gets the vote of S5
  0.172 s  S1 gets the vote of S2
  0.172 s  S1 leads term 1
  0.173 s  S1 gets the vote of S4 too late
  0.173 s  S1 gets the vote of S3 too late
  0.178 s  S2 follows S1
  0.181 s  S3 follows S1
  0.181 s  S4 follows S1
  0.182 s  S5 follows S1
  0.320 s  S1 is killed
  0.466 s  S3 times out
  0.466 s  S3 runs for term 2
  0.467 s  S2 times out
  0.467 s  S2 runs for term 2
  0.472 s  S4 learns of term 2 from S3
  0.472 s  S5 learns of term 2 from S2
  0.480 s  S2 gets the vote of S5
  0.480 s  S3 gets the vote of S4
  0.481 s  S3 is refused by S5
  0.482 s  S2 is refused by S4
  0.483 s  S2 is refused by S3
  0.483 s  S3 is refused by S2
  0.500 s  timer S2 60000 ms
  0.500 s  timer S3 60000 ms
  0.500 s  timer S4 60000 ms
  0.500 s  timer S5 60000 ms
  1.460 s

10 ask: What does a candidate do in Raft that neither wins nor hears of a winner?
  1.460 s

11 task: Do what the program forgot: let an election timer expire. A right click on a server, a long press, or Shift+F10 opens its menu, which has “Election timeout now”.
  1.460 s  time-out S4
  1.460 s  S4 times out
  1.460 s  S4 runs for term 3
  1.466 s  S5 learns of term 3 from S4
  1.466 s  S3 learns of term 3 from S4
  1.466 s  S3 steps down
  1.469 s  S2 learns of term 3 from S4
  1.469 s  S2 steps down
  1.471 s  S4 gets the vote of S5
  1.473 s  S4 gets the vote of S3
  1.473 s  S4 leads term 3
  1.473 s
