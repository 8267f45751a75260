# What happens in networks.lesson. `UPDATE_STORIES=1 cargo test --test lesson stories` writes it anew.

1 wait: S3 leads. From 0.3 s on, S5 will send, but hear nothing.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.150 s  S3 times out
  0.150 s  S3 runs for term 1
  0.156 s  S1 learns of term 1 from S3
  0.158 s  S5 learns of term 1 from S3
  0.159 s  S2 learns of term 1 from S3
  0.159 s  S4 learns of term 1 from S3
  0.163 s  S3 gets the vote of S1
  0.164 s  S3 gets the vote of S5
  0.164 s  S3 leads term 1
  0.164 s  S3 gets the vote of S4 too late
  0.167 s  S3 gets the vote of S2 too late
  0.171 s  S2 follows S3
  0.172 s  S1 follows S3
  0.173 s  S5 follows S3
  0.174 s  S4 follows S3
  0.300 s  cut S1>S5
  0.300 s  cut S2>S5
  0.300 s  cut S3>S5
  0.300 s  cut S4>S5
  0.300 s

2 ask: What will S5 do?
  0.300 s

3 wait: Watch S3, the leader.
  0.410 s  S5 times out
  0.410 s  S5 runs for term 2
  0.415 s  S2 learns of term 2 from S5
  0.417 s  S4 learns of term 2 from S5
  0.418 s  S3 learns of term 2 from S5
  0.418 s  S3 steps down
  0.418 s

4 wait: The four will elect S1. Watch how long it leads.
  0.419 s  S1 learns of term 2 from S5
  0.591 s  S1 times out
  0.591 s  S1 runs for term 3
  0.596 s  S3 learns of term 3 from S1
  0.599 s  S2 learns of term 3 from S1
  0.601 s  S4 learns of term 3 from S1
  0.603 s  S1 gets the vote of S3
  0.608 s  S1 gets the vote of S2
  0.608 s  S1 leads term 3
  0.610 s  S1 gets the vote of S4 too late
  0.612 s  S5 times out
  0.612 s  S5 runs for term 3
  0.613 s  S2 follows S1
  0.615 s  S4 follows S1
  0.616 s  S3 follows S1
  0.790 s  S5 times out
  0.790 s  S5 runs for term 4
  0.796 s  S1 learns of term 4 from S5
  0.796 s  S1 steps down
  0.796 s

5 task: With pre-vote (Ongaro's thesis, §9.6) a server asks first whether it could win, and only then begins a newer term. Switch “Pre-vote” on (panel “Rules”, extensions), and wait until a leader lasts a second.
  0.796 s  rules pre-vote on
  0.796 s  S2 learns of term 4 from S5
  0.800 s  S4 learns of term 4 from S5
  0.800 s  S3 learns of term 4 from S5
  0.973 s  S2 times out
  0.973 s  S2 asks first about term 5
  0.981 s  S3 times out
  0.981 s  S3 asks first about term 5
  0.991 s  S2 runs for term 5
  0.991 s  S2 gets the answer to its first question of S4 too late
  0.995 s  S5 times out
  0.995 s  S5 asks first about term 5
  0.997 s  S3 runs for term 5
  0.999 s  S3 gets the answer to its first question of S4 too late
  1.000 s  S4 learns of term 5 from S2
  1.000 s  S1 learns of term 5 from S2
  1.006 s  S2 is refused by S3
  1.007 s  S2 gets the vote of S4
  1.007 s  S2 gets the vote of S1
  1.007 s  S2 leads term 5
  1.012 s  S3 steps down
  1.012 s  S3 follows S2
  1.012 s  S3 gets the refusal of S2 too late
  1.013 s  S1 follows S2
  1.014 s  S3 gets the refusal of S4 too late
  1.015 s  S4 follows S2
  1.015 s  S3 gets the refusal of S1 too late
  1.229 s  S5 times out
  1.229 s  S5 asks first about term 5
  1.517 s  S5 times out
  1.517 s  S5 asks first about term 5
  1.681 s  S5 times out
  1.681 s  S5 asks first about term 5
  1.854 s  S5 times out
  1.854 s  S5 asks first about term 5
  2.011 s

6 wait: Cloudflare's outage of 2020 in miniature. S3 leads. From 0.3 s on, S4 will reach only S2, and S5 only S3.
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
  0.490 s

7 task: Calm it with “Pre-vote”, and wait until a leader lasts a second.
  0.490 s  rules pre-vote on
  0.630 s  S2 times out
  0.630 s  S2 asks first about term 3
  0.646 s  S2 runs for term 3
  0.647 s  S2 gets the answer to its first question of S3 too late
  0.654 s  S1 learns of term 3 from S2
  0.655 s  S4 learns of term 3 from S2
  0.655 s  S4 steps down
  0.655 s  S3 learns of term 3 from S2
  0.660 s  S2 gets the vote of S3
  0.661 s  S2 gets the vote of S4
  0.661 s  S2 leads term 3
  0.663 s  S2 gets the vote of S1 too late
  0.668 s  S4 follows S2
  0.670 s  S1 follows S2
  0.670 s  S3 follows S2
  0.684 s  S5 times out
  0.684 s  S5 asks first about term 2
  0.700 s  S5 learns of term 3 from S3
  0.700 s  S5 steps down
  0.700 s  S5 gets the answer to its first question of S3 too late
  0.846 s  S5 times out
  0.846 s  S5 asks first about term 4
  0.859 s  S5 would be refused by S3
  1.139 s  S5 times out
  1.139 s  S5 asks first about term 4
  1.151 s  S5 would be refused by S3
  1.333 s  S5 times out
  1.333 s  S5 asks first about term 4
  1.350 s  S5 would be refused by S3
  1.483 s  S5 times out
  1.483 s  S5 asks first about term 4
  1.497 s  S5 would be refused by S3
  1.644 s  S5 times out
  1.644 s  S5 asks first about term 4
  1.660 s  S5 would be refused by S3
  1.665 s

8 wait: Only pre-vote is on, and the leader will go deaf: S3 will send, but hear nothing.
  0.000 s  S1 starts
  0.000 s  S2 starts
  0.000 s  S3 starts
  0.000 s  S4 starts
  0.000 s  S5 starts
  0.150 s  S3 times out
  0.150 s  S3 asks first about term 1
  0.164 s  S3 runs for term 1
  0.164 s  S3 gets the answer to its first question of S4 too late
  0.167 s  S3 gets the answer to its first question of S2 too late
  0.171 s  S2 learns of term 1 from S3
  0.172 s  S1 learns of term 1 from S3
  0.173 s  S5 learns of term 1 from S3
  0.174 s  S4 learns of term 1 from S3
  0.179 s  S3 gets the vote of S2
  0.180 s  S3 gets the vote of S4
  0.180 s  S3 leads term 1
  0.180 s  S3 gets the vote of S5 too late
  0.181 s  S3 gets the vote of S1 too late
  0.186 s  S2 follows S3
  0.187 s  S5 follows S3
  0.189 s  S4 follows S3
  0.190 s  S1 follows S3
  0.300 s  cut S1>S3
  0.300 s  cut S2>S3
  0.300 s  cut S4>S3
  0.300 s  cut S5>S3
  0.800 s

9 ask: What is missing?
  0.800 s

10 task: Switch “Check quorum” on as well, and wait for a leader that hears the others.
  0.800 s  rules pre-vote on check-quorum on
  1.005 s  S3 steps down
  1.088 s  S5 times out
  1.088 s  S5 asks first about term 2
  1.102 s  S5 runs for term 2
  1.106 s  S5 gets the answer to its first question of S1 too late
  1.110 s  S2 learns of term 2 from S5
  1.110 s  S1 learns of term 2 from S5
  1.112 s  S4 learns of term 2 from S5
  1.116 s  S5 gets the vote of S1
  1.117 s  S5 gets the vote of S4
  1.117 s  S5 leads term 2
  1.117 s

11 ask: Back to 2020: would check quorum alone have calmed that outage too?
  1.117 s
