# What happens in lab.lesson. `UPDATE_STORIES=1 cargo test --test lesson stories` writes it anew.

1 wait: Figure 2 of the lab. S3 leads term 1 and is about to crash. The panel “Log” shows every line that the servers print, as the lab's servers did: “localhost:3003” is S3, an AppendEntry is a heartbeat, “Run Logic.” one more turn of the program, “^C” a crash.
  0.000 s  S1 starts
  0.500 s  S2 starts
  1.000 s  S3 starts
  1.500 s  S4 starts
  2.000 s  S5 starts
  2.570 s  S3 times out
  2.570 s  S3 runs for term 1
  2.632 s  S4 learns of term 1 from S3
  2.650 s  S5 learns of term 1 from S3
  2.663 s  S2 learns of term 1 from S3
  2.667 s  S1 learns of term 1 from S3
  2.691 s  S3 gets the vote of S5
  2.697 s  S3 gets the vote of S4
  2.697 s  S3 leads term 1
  2.725 s  S3 gets the vote of S1 too late
  2.745 s  S3 gets the vote of S2 too late
  2.750 s  S1 follows S3
  2.769 s  S4 follows S3
  2.779 s  S5 follows S3
  2.791 s  S2 follows S3
  5.200 s  S3 is killed
  5.200 s

2 wait: The lab's timeouts were 0.9 to 4 s. It takes a while.
  6.708 s  S2 times out
  6.708 s  S2 runs for term 2
  6.754 s  S1 learns of term 2 from S2
  6.775 s  S5 learns of term 2 from S2
  6.789 s  S4 learns of term 2 from S2
  6.827 s  S2 gets the vote of S1
  6.874 s  S2 gets the vote of S5
  6.874 s  S2 leads term 2
  6.874 s

3 ask: S3 will start again. What does it do first?
  6.874 s

4 wait: Watch S3 come back.
  6.876 s  S2 gets the vote of S4 too late
  6.945 s  S4 follows S2
  6.945 s  S5 follows S2
  6.966 s  S1 follows S2
  10.000 s  S3 starts
  10.062 s  S3 learns of term 2 from S2
  10.062 s  S3 follows S2
  10.062 s

5 wait: Figure 3 of the lab. S1 leads term 2 and will crash for good. Below the log stands what the lab's servers printed in 2019; what S3 prints here as well lights up.
  0.000 s  S1 starts
  1.500 s  S2 starts
  3.144 s  S1 times out
  3.144 s  S1 runs for term 1
  3.216 s  S2 learns of term 1 from S1
  3.257 s  S1 gets the vote of S2
  3.500 s  S3 starts
  4.500 s  S4 starts
  5.576 s  S3 times out
  5.576 s  S3 runs for term 1
  5.638 s  S1 runs for term 2
  5.649 s  S4 learns of term 1 from S3
  5.687 s  S4 learns of term 2 from S1
  5.691 s  S3 gets the vote of S4
  5.719 s  S3 is refused by S2
  5.728 s  S3 learns of term 2 from S1
  5.728 s  S3 steps down
  5.731 s  S2 learns of term 2 from S1
  5.735 s  S3 gets the refusal of S1 too late
  5.777 s  S1 gets the vote of S3
  5.781 s  S1 gets the vote of S4
  5.781 s  S1 leads term 2
  5.824 s  S1 gets the vote of S2 too late
  5.839 s  S4 follows S1
  5.852 s  S2 follows S1
  5.868 s  S3 follows S1
  6.000 s  S5 starts
  6.075 s  S5 learns of term 2 from S1
  6.075 s  S5 follows S1
  8.950 s  S1 is killed
  10.333 s  S3 times out
  10.333 s  S3 runs for term 3
  10.374 s  S2 learns of term 3 from S3
  10.386 s  S4 learns of term 3 from S3
  10.388 s  S5 learns of term 3 from S3
  10.432 s  S3 gets the vote of S4
  10.437 s  S3 gets the vote of S2
  10.437 s  S3 leads term 3
  10.437 s

6 wait: Figure 4 of the lab. S1 has crashed before; S3 leads term 2 and will crash now.
  0.000 s  S1 starts
  0.500 s  S2 starts
  1.000 s  S3 starts
  1.500 s  S4 starts
  2.000 s  S5 starts
  2.269 s  S1 times out
  2.269 s  S1 runs for term 1
  2.310 s  S2 learns of term 1 from S1
  2.320 s  S4 learns of term 1 from S1
  2.339 s  S3 learns of term 1 from S1
  2.367 s  S1 gets the vote of S4
  2.369 s  S5 learns of term 1 from S1
  2.388 s  S1 gets the vote of S2
  2.388 s  S1 leads term 1
  2.407 s  S1 gets the vote of S3 too late
  2.428 s  S1 gets the vote of S5 too late
  2.435 s  S2 follows S1
  2.441 s  S4 follows S1
  2.453 s  S3 follows S1
  2.472 s  S5 follows S1
  5.050 s  S1 is killed
  6.639 s  S3 times out
  6.639 s  S3 runs for term 2
  6.684 s  S4 learns of term 2 from S3
  6.707 s  S2 learns of term 2 from S3
  6.720 s  S5 learns of term 2 from S3
  6.766 s  S3 gets the vote of S4
  6.779 s  S3 gets the vote of S2
  6.779 s  S3 leads term 2
  6.809 s  S3 gets the vote of S5 too late
  6.847 s  S2 follows S3
  6.865 s  S5 follows S3
  6.866 s  S4 follows S3
  10.950 s  S3 is killed
  10.950 s

7 wait: Watch whether that is enough.
  13.001 s  S4 times out
  13.001 s  S4 runs for term 3
  13.066 s  S2 learns of term 3 from S4
  13.086 s  S5 learns of term 3 from S4
  13.107 s  S4 gets the vote of S2
  13.171 s  S4 gets the vote of S5
  13.171 s  S4 leads term 3
  13.171 s

8 wait: Figure 5 of the lab. The third leader will crash; two will be left.
  0.000 s  S1 starts
  1.500 s  S2 starts
  3.072 s  S1 times out
  3.072 s  S1 runs for term 1
  3.133 s  S2 learns of term 1 from S1
  3.180 s  S1 gets the vote of S2
  3.500 s  S3 starts
  4.500 s  S4 starts
  5.431 s  S4 times out
  5.431 s  S4 runs for term 1
  5.474 s  S3 learns of term 1 from S4
  5.501 s  S1 runs for term 2
  5.546 s  S4 is refused by S1
  5.556 s  S4 gets the vote of S3
  5.563 s  S3 learns of term 2 from S1
  5.593 s  S2 learns of term 2 from S1
  5.596 s  S4 learns of term 2 from S1
  5.596 s  S4 steps down
  5.598 s  S4 gets the refusal of S2 too late
  5.610 s  S1 gets the vote of S3
  5.671 s  S1 gets the vote of S2
  5.671 s  S1 leads term 2
  5.674 s  S1 gets the vote of S4 too late
  5.720 s  S2 follows S1
  5.721 s  S4 follows S1
  5.743 s  S3 follows S1
  5.900 s  S5 starts
  5.988 s  S5 learns of term 2 from S1
  5.988 s  S5 follows S1
  6.700 s  S1 is killed
  10.234 s  S5 times out
  10.234 s  S5 runs for term 3
  10.281 s  S3 learns of term 3 from S5
  10.295 s  S4 learns of term 3 from S5
  10.300 s  S2 learns of term 3 from S5
  10.328 s  S5 gets the vote of S3
  10.336 s  S5 gets the vote of S4
  10.336 s  S5 leads term 3
  10.376 s  S2 follows S5
  10.382 s  S3 follows S5
  10.395 s  S5 gets the vote of S2 too late
  10.433 s  S4 follows S5
  12.650 s  S5 is killed
  13.745 s  S3 times out
  13.745 s  S3 runs for term 4
  13.819 s  S4 learns of term 4 from S3
  13.838 s  S2 learns of term 4 from S3
  13.885 s  S3 gets the vote of S4
  13.920 s  S3 gets the vote of S2
  13.920 s  S3 leads term 4
  13.963 s  S4 follows S3
  13.973 s  S2 follows S3
  15.925 s  S3 is killed
  18.137 s  S4 times out
  18.137 s  S4 runs for term 5
  18.223 s  S2 learns of term 5 from S4
  18.298 s  S4 gets the vote of S2
  21.746 s  S4 times out
  21.746 s  S4 runs for term 6
  21.746 s

9 task: Help: restart one server, and wait for a leader.
  21.746 s  S1 starts
  21.828 s  S1 learns of term 6 from S4
  21.839 s  S2 learns of term 6 from S4
  21.885 s  S4 gets the vote of S2
  21.925 s  S4 gets the vote of S1
  21.925 s  S4 leads term 6
  21.925 s

10 wait: Figure 1 of the lab, the strange one. S2 has stood for election in term 1 since 2.9 s and has two votes. At 5.1 s S3, just started, will stand in term 1 too. Keep an eye on S2.
  0.000 s  S1 starts
  2.000 s  S2 starts
  2.911 s  S2 times out
  2.911 s  S2 runs for term 1
  2.957 s  S1 learns of term 1 from S2
  2.997 s  S2 gets the vote of S1
  4.000 s  S3 starts
  5.126 s  S3 times out
  5.126 s  S3 runs for term 1
  5.206 s  S2 runs for term 2
  5.206 s

11 ask: Why did S2 stand for election in term 2 at that moment?
  5.206 s

12 task: The same run, before S3's request arrives. Switch “The lab's bug” off (panel “Rules”), and see S2 refuse S3 without standing again.
  0.000 s  S1 starts
  2.000 s  S2 starts
  2.911 s  S2 times out
  2.911 s  S2 runs for term 1
  2.957 s  S1 learns of term 1 from S2
  2.997 s  S2 gets the vote of S1
  4.000 s  S3 starts
  4.900 s  rules paper
  5.126 s  S3 times out
  5.126 s  S3 runs for term 1
  5.206 s
