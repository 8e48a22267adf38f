using Slipway.Trainer.Trainers.FastTree;

// in an image, the program is started with the argument that SageMaker passes to containers
var words = Path.GetFileName(Environment.ProcessPath) == "train" ? ["train", .. args] : args;
return await ManagedFastTree.Program()(words, Console.Out, Console.Error, TimeProvider.System);
