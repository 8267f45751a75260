# What happens in figure-5.raft. `UPDATE_STORIES=1 cargo test --test scenario stories` writes it anew.
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
 21.839 s  S2 learns of term 6 from S4
 21.885 s  S4 gets the vote of S2
 23.188 s  S4 times out
 23.188 s  S4 runs for term 7
 23.278 s  S2 learns of term 7 from S4
 23.341 s  S4 gets the vote of S2
 25.885 s  S4 times out
 25.885 s  S4 runs for term 8
 25.941 s  S2 learns of term 8 from S4
 26.014 s  S4 gets the vote of S2
 28.023 s  S4 times out
 28.023 s  S4 runs for term 9
 28.114 s  S2 learns of term 9 from S4
 28.154 s  S4 gets the vote of S2
 29.420 s  S4 times out
 29.420 s  S4 runs for term 10
 29.519 s  S2 learns of term 10 from S4
 29.577 s  S4 gets the vote of S2
 30.500 s  S4 times out
 30.500 s  S4 runs for term 11
 30.543 s  S2 learns of term 11 from S4
 30.592 s  S4 gets the vote of S2
 31.404 s  S4 times out
 31.404 s  S4 runs for term 12
 31.446 s  S2 learns of term 12 from S4
 31.521 s  S4 gets the vote of S2
 33.028 s  S4 times out
 33.028 s  S4 runs for term 13
 33.090 s  S2 learns of term 13 from S4
 33.164 s  S4 gets the vote of S2
 34.201 s  S4 times out
 34.201 s  S4 runs for term 14
 34.266 s  S2 learns of term 14 from S4
 34.355 s  S4 gets the vote of S2
 35.886 s  S2 times out
 35.886 s  S2 runs for term 15
 35.945 s  S4 learns of term 15 from S2
 35.945 s  S4 steps down
 36.039 s  S2 gets the vote of S4
 37.720 s  S2 times out
 37.720 s  S2 runs for term 16
 37.817 s  S4 learns of term 16 from S2
 37.865 s  S2 gets the vote of S4
 40.805 s  S2 times out
 40.805 s  S2 runs for term 17
 40.862 s  S4 learns of term 17 from S2
 40.940 s  S2 gets the vote of S4
 41.798 s  S2 times out
 41.798 s  S2 runs for term 18
 41.898 s  S4 learns of term 18 from S2
 41.992 s  S2 gets the vote of S4
 43.006 s  S2 times out
 43.006 s  S2 runs for term 19
 43.056 s  S4 learns of term 19 from S2
 43.141 s  S2 gets the vote of S4
 46.481 s  S2 times out
 46.481 s  S2 runs for term 20
 46.556 s  S4 learns of term 20 from S2
 46.615 s  S2 gets the vote of S4
 48.307 s  S2 times out
 48.307 s  S2 runs for term 21
           and so on
