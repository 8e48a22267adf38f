// each fixture has an environment of its own, and a tree of its own where it changes one
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
