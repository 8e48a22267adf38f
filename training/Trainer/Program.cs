using Slipway.Trainer;

return await TrainerProgram.RunAsync(args, Console.Out, Console.Error, TimeProvider.System);
