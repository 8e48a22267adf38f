// each fixture has its own environment, and its own tree if it changes files of it; they wait for processes and stores for half of the time, so one more than two cores
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
