using System.Text;
using Slipway.Registry.Models;
using Slipway.Registry.Rows;
using Slipway.Trainer.Data;
using Slipway.Trainer.Tests.Job;
using Slipway.Trainer.Trainers;

namespace Slipway.Trainer.Tests.Data;

/// <summary>A dataset surveyed and encoded as a job does it.</summary>
internal sealed record TrainingData(ModelSpec Spec, DatasetSurvey Survey, IReadOnlyList<ColumnSchema> Columns, EncodedDataset Rows)
{
    public static TrainingData Of(string model) => Of(SampleModels.Spec(model), SampleModels.Csv(model));

    public static TrainingData Of(ModelSpec spec, string csv)
    {
        var bytes = Encoding.UTF8.GetBytes(csv);
        var survey = DatasetSurvey.Read(spec, new MemoryStream(bytes), "data.csv", CancellationToken.None);
        var columns = survey.ToSchema();
        return new(spec, survey, columns, EncodedDataset.Read(survey, new(columns), new MemoryStream(bytes), CancellationToken.None));
    }

    public ITrainedModel Fit(IModelTrainer trainer, int seed = 1) =>
        trainer.Fit(new(
            Rows.Training, FeatureEncoder.FeatureNames(Columns), Survey.Label.Classes,
            HyperparameterSet.Resolve(trainer.Name, trainer.Hyperparameters, null, new Dictionary<string, string>()), seed));
}
