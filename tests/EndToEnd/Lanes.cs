// each fixture has its own environment, and its own tree if it changes files of it
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
