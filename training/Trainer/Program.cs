using Slipway.Trainer.Trainers.FastTree;

// in an image the program is called by the word that SageMaker starts containers with
var words = Path.GetFileName(Environment.ProcessPath) == "train" ? ["train", .. args] : args;
return await ManagedFastTree.Program()(words, Console.Out, Console.Error, TimeProvider.System);
