using Amazon.Runtime;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Slipway.Automation.Aws;
using Slipway.Registry.Manifests;

namespace Slipway.Automation.SageMaker;

/// <summary>
/// SageMaker's model registry: a group for each model, and a package in it for each registered version, for people and tools that look there.
/// What serves is decided by the channels in the store; a package only tells of it, and its rejection is listened to.
/// </summary>
/// <remarks>
/// What the gates refused has no package: it has no version either, its outcome and report hold the reason, and every package is a version.
/// </remarks>
public sealed class ModelPackages(IAmazonSageMaker client, AwsEnvironmentRecord environment)
{
    /// <summary>Sees to it that a version has its package. Safe to repeat, also at the same moment.</summary>
    /// <param name="approved">False for a version that must not serve any more.</param>
    /// <returns>False when it has one already.</returns>
    public async Task<bool> EnsureAsync(ModelManifest manifest, bool approved, CancellationToken cancellation)
    {
        await EnsureGroupAsync(manifest.Model, cancellation);
        await foreach (var package in ListAsync(manifest.Model, status: null, cancellation))
            if (PackageRendering.VersionOf(package.ModelPackageDescription) == manifest.Version)
                return false;

        var request = PackageRendering.Render(manifest, approved, environment);
        await AwsErrors.GuardAsync(
            "sagemaker:CreateModelPackage", $"register '{manifest.Model}' version {manifest.Version} in the model registry",
            () => client.CreateModelPackageAsync(request, cancellation));
        return true;
    }

    /// <summary>The versions of a model that are approved in the model registry.</summary>
    public async Task<IReadOnlySet<int>> ApprovedAsync(string model, CancellationToken cancellation)
    {
        var approved = new HashSet<int>();
        await foreach (var package in ListAsync(model, ModelApprovalStatus.Approved, cancellation))
            if (PackageRendering.VersionOf(package.ModelPackageDescription) is { } version)
                approved.Add(version);
        return approved;
    }

    public async Task<RegisteredPackage> DescribeAsync(string arn, CancellationToken cancellation)
    {
        var found = await AwsErrors.GuardAsync(
            "sagemaker:DescribeModelPackage", $"look at model package {arn}", () => client.DescribeModelPackageAsync(new() { ModelPackageName = arn }, cancellation));
        return new(
            PackageRendering.VersionOf(found.ModelPackageDescription),
            found.ModelApprovalStatus == ModelApprovalStatus.Rejected,
            found.LastModifiedBy?.IamIdentity?.Arn ?? found.LastModifiedBy?.UserProfileName,
            found.ApprovalDescription);
    }

    private async Task EnsureGroupAsync(string model, CancellationToken cancellation)
    {
        var group = PackageRendering.Group(model, environment);
        var isThere = await AwsErrors.GuardAsync("sagemaker:DescribeModelPackageGroup", $"look at model package group {group}", async () =>
        {
            try
            {
                await client.DescribeModelPackageGroupAsync(new() { ModelPackageGroupName = group }, cancellation);
                return true;
            }
            catch (AmazonServiceException e) when (AwsErrors.IsNotFound(e))
            {
                return false;
            }
        });
        if (!isThere)
            await AwsErrors.GuardAsync("sagemaker:CreateModelPackageGroup", $"make model package group {group}", () => CreateGroupAsync(model, group, cancellation));
    }

    private async Task<bool> CreateGroupAsync(string model, string group, CancellationToken cancellation)
    {
        try
        {
            await client.CreateModelPackageGroupAsync(
                new() { ModelPackageGroupName = group, ModelPackageGroupDescription = $"Versions of {model} in {environment.Name}" }, cancellation);
            return true;
        }
        catch (AmazonServiceException e) when (e.Message.Contains("already exists", StringComparison.OrdinalIgnoreCase))
        {
            return false; // another event's function was faster
        }
    }

    private async IAsyncEnumerable<ModelPackageSummary> ListAsync(
        string model, ModelApprovalStatus? status, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListModelPackagesRequest
        {
            ModelPackageGroupName = PackageRendering.Group(model, environment),
            ModelApprovalStatus = status,
            SortBy = ModelPackageSortBy.CreationTime,
            SortOrder = SortOrder.Descending,
            MaxResults = 100,
        };
        do
        {
            var page = await AwsErrors.GuardAsync(
                "sagemaker:ListModelPackages", $"list the packages of {request.ModelPackageGroupName}", () => client.ListModelPackagesAsync(request, cancellation));
            foreach (var package in page.ModelPackageSummaryList ?? [])
                yield return package;
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
    }
}

/// <param name="Version">The version that it is of; null for one that was made by hand.</param>
/// <param name="By">Who changed it last; null where SageMaker does not say.</param>
/// <param name="Reason">What that person wrote; null for nothing.</param>
public sealed record RegisteredPackage(int? Version, bool Rejected, string? By, string? Reason);
