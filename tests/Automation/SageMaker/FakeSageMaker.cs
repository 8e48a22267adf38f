using System.Globalization;
using System.Net;
using Amazon.Runtime;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Slipway.Automation.Tests.Aws;

namespace Slipway.Automation.Tests.SageMaker;

/// <summary>SageMaker in memory, with the responses of AWS: names cannot be reused, client tokens make requests idempotent.</summary>
internal sealed class FakeSageMaker
{
    private readonly Dictionary<string, string> _tokens = [];

    public FakeSageMaker() => Client = ClientDouble.Of<IAmazonSageMaker>(this);

    public IAmazonSageMaker Client { get; }

    /// <summary>The requests, by name.</summary>
    public Dictionary<string, CreateTrainingJobRequest> Jobs { get; } = [];

    /// <summary>The responses of DescribeTrainingJob, in order; the last one is repeated.</summary>
    public Dictionary<string, Queue<DescribeTrainingJobResponse>> States { get; } = [];

    public List<string> Stopped { get; } = [];
    public List<string> Groups { get; } = [];
    public List<CreateModelPackageRequest> Packages { get; } = [];

    /// <summary>How a person has changed packages, by ARN.</summary>
    public Dictionary<string, (string Status, string? By, string? Reason)> Approvals { get; } = [];

    /// <summary>Called first by every operation, with its name; its exception is the response.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public static string Arn(string group, int number) =>
        $"arn:aws:sagemaker:eu-central-1:111122223333:model-package/{group}/{number.ToString(CultureInfo.InvariantCulture)}";

    public static AmazonSageMakerException Refused(string code, string message) =>
        new(message, null, ErrorType.Sender, code, "request-1", HttpStatusCode.BadRequest);

    /// <summary>As they are at this moment.</summary>
    public IReadOnlyList<string> JobNames()
    {
        lock (_tokens)
            return [.. Jobs.Keys];
    }

    public void ForgetTokens() => _tokens.Clear();

    public Task<CreateTrainingJobResponse> CreateTrainingJobAsync(CreateTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        Answer(nameof(CreateTrainingJobAsync), () => Jobs.TryAdd(request.TrainingJobName, request)
            ? new CreateTrainingJobResponse { TrainingJobArn = request.TrainingJobName }
            : throw Refused("ResourceInUse", "Job name must be unique within an AWS account and region, and a job with this name already exists"));

    public Task<DescribeTrainingJobResponse> DescribeTrainingJobAsync(DescribeTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        Answer(nameof(DescribeTrainingJobAsync), () =>
        {
            var asked = Jobs.GetValueOrDefault(request.TrainingJobName);
            if (States.TryGetValue(request.TrainingJobName, out var states))
                return AsAsked(states.Count > 1 ? states.Dequeue() : states.Peek(), asked);
            return asked is not null
                ? AsAsked(new() { TrainingJobName = request.TrainingJobName, TrainingJobStatus = TrainingJobStatus.InProgress }, asked)
                : throw Refused("ValidationException", "Requested resource not found.");
        });

    private static DescribeTrainingJobResponse AsAsked(DescribeTrainingJobResponse answer, CreateTrainingJobRequest? asked)
    {
        (answer.AlgorithmSpecification, answer.RoleArn, answer.InputDataConfig) = (asked?.AlgorithmSpecification, asked?.RoleArn, asked?.InputDataConfig);
        (answer.OutputDataConfig, answer.HyperParameters, answer.Environment) = (asked?.OutputDataConfig, asked?.HyperParameters, asked?.Environment);
        (answer.EnableNetworkIsolation, answer.VpcConfig) = (asked?.EnableNetworkIsolation, asked?.VpcConfig);
        return answer;
    }

    public Task<StopTrainingJobResponse> StopTrainingJobAsync(StopTrainingJobRequest request, CancellationToken cancellationToken = default) =>
        Answer(nameof(StopTrainingJobAsync), () =>
        {
            Stopped.Add(request.TrainingJobName);
            return new StopTrainingJobResponse();
        });

    public Task<DescribeModelPackageGroupResponse> DescribeModelPackageGroupAsync(DescribeModelPackageGroupRequest request, CancellationToken cancellationToken = default) =>
        Answer(nameof(DescribeModelPackageGroupAsync), () => Groups.Contains(request.ModelPackageGroupName)
            ? new DescribeModelPackageGroupResponse { ModelPackageGroupName = request.ModelPackageGroupName }
            : throw Refused("ValidationException", $"ModelPackageGroup arn:aws:sagemaker:eu-central-1:111122223333:model-package-group/{request.ModelPackageGroupName} does not exist."));

    public Task<CreateModelPackageGroupResponse> CreateModelPackageGroupAsync(CreateModelPackageGroupRequest request, CancellationToken cancellationToken = default) =>
        Answer(nameof(CreateModelPackageGroupAsync), () =>
        {
            if (Groups.Contains(request.ModelPackageGroupName))
                throw Refused("ValidationException", "Model Package Group already exists: " + request.ModelPackageGroupName);
            Groups.Add(request.ModelPackageGroupName);
            return new CreateModelPackageGroupResponse();
        });

    public Task<CreateModelPackageResponse> CreateModelPackageAsync(CreateModelPackageRequest request, CancellationToken cancellationToken = default) =>
        Answer(nameof(CreateModelPackageAsync), () =>
        {
            if (!_tokens.TryGetValue(request.ClientToken, out var arn))
            {
                Packages.Add(request);
                _tokens[request.ClientToken] = arn = Arn(request.ModelPackageGroupName, Packages.Count(package => package.ModelPackageGroupName == request.ModelPackageGroupName));
            }

            return new CreateModelPackageResponse { ModelPackageArn = arn };
        });

    public Task<ListModelPackagesResponse> ListModelPackagesAsync(ListModelPackagesRequest request, CancellationToken cancellationToken = default) =>
        Answer(nameof(ListModelPackagesAsync), () =>
        {
            // pages of two, newest first, so that reading on is tested too
            var all = Described().Where(package => package.ModelPackageGroupName == request.ModelPackageGroupName)
                .Where(package => request.ModelApprovalStatus is null || package.ModelApprovalStatus == request.ModelApprovalStatus).Reverse().ToList();
            var from = request.NextToken is null ? 0 : int.Parse(request.NextToken, CultureInfo.InvariantCulture);
            return new ListModelPackagesResponse
            {
                ModelPackageSummaryList =
                [
                    .. all.Skip(from).Take(2).Select(package => new ModelPackageSummary
                    {
                        ModelPackageArn = package.ModelPackageArn,
                        ModelPackageDescription = package.ModelPackageDescription,
                        ModelApprovalStatus = package.ModelApprovalStatus,
                    }),
                ],
                NextToken = from + 2 < all.Count ? (from + 2).ToString(CultureInfo.InvariantCulture) : null,
            };
        });

    public Task<DescribeModelPackageResponse> DescribeModelPackageAsync(DescribeModelPackageRequest request, CancellationToken cancellationToken = default) =>
        Answer(nameof(DescribeModelPackageAsync), () => Described().Single(package => package.ModelPackageArn == request.ModelPackageName));

    private IEnumerable<DescribeModelPackageResponse> Described()
    {
        var numbers = new Dictionary<string, int>();
        foreach (var package in Packages)
        {
            var number = numbers[package.ModelPackageGroupName] = numbers.GetValueOrDefault(package.ModelPackageGroupName) + 1;
            var arn = Arn(package.ModelPackageGroupName, number);
            var approval = Approvals.GetValueOrDefault(arn, (package.ModelApprovalStatus.Value, null, null));
            yield return new()
            {
                ModelPackageArn = arn,
                ModelPackageGroupName = package.ModelPackageGroupName,
                ModelPackageDescription = package.ModelPackageDescription,
                ModelApprovalStatus = approval.Status,
                ApprovalDescription = approval.Reason,
                LastModifiedBy = approval.By is null ? null : new() { IamIdentity = new() { Arn = approval.By } },
            };
        }
    }

    private Task<T> Answer<T>(string operation, Func<T> answer)
    {
        lock (_tokens)
        {
            Before(operation[..^"Async".Length]);
            return Task.FromResult(answer());
        }
    }
}
