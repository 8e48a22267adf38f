using Amazon.Runtime;
using Amazon.SageMaker;
using Amazon.SageMaker.Model;
using Slipway.Automation.Aws;
using Slipway.Registry.Manifests;

namespace Slipway.Automation.SageMaker;

/// <summary>
/// SageMaker's model registry: a group per model, and in it a package per registered version, for people and tools that look there.
/// The channels in the store decide what is served; a package only describes it, and rejecting a package withdraws the version.
/// </summary>
/// <remarks>
/// Candidates that failed their gates have no package: they have no version either, their outcome and report contain the reason, and every package is a version.
/// </remarks>
public sealed class ModelPackages(IAmazonSageMaker client, AwsEnvironmentRecord environment)
{
    /// <summary>Ensures that a version has its package. Idempotent, also when called concurrently.</summary>
    /// <param name="approved">False for a version that must not be served any more.</param>
    /// <returns>False if it already has one.</returns>
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
            "sagemaker:DescribeModelPackage", $"describe model package {arn}", () => client.DescribeModelPackageAsync(new() { ModelPackageName = arn }, cancellation));
        return new(
            PackageRendering.VersionOf(found.ModelPackageDescription),
            found.ModelApprovalStatus == ModelApprovalStatus.Rejected,
            found.LastModifiedBy?.IamIdentity?.Arn ?? found.LastModifiedBy?.UserProfileName,
            found.ApprovalDescription);
    }

    private async Task EnsureGroupAsync(string model, CancellationToken cancellation)
    {
        var group = PackageRendering.Group(model, environment);
        var isThere = await AwsErrors.GuardAsync("sagemaker:DescribeModelPackageGroup", $"describe model package group {group}", async () =>
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
            await AwsErrors.GuardAsync("sagemaker:CreateModelPackageGroup", $"create model package group {group}", () => CreateGroupAsync(model, group, cancellation));
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

/// <param name="Version">Its version; null if it was created by hand.</param>
/// <param name="By">Who changed it last; null if SageMaker does not say.</param>
/// <param name="Reason">The comment of that person; null if there is none.</param>
public sealed record RegisteredPackage(int? Version, bool Rejected, string? By, string? Reason);
