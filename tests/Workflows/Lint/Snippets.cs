using Slipway.Build.Workflows.Lint;
using Slipway.Build.Workflows.Lint.Reading;

namespace Slipway.Workflows.Tests.Lint;

/// <summary>Small workflows without a mistake, as the tests change them into such with one.</summary>
internal static class Snippets
{
    public const string Checkout = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1";
    public const string Aws = "aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c # v6.2.3";

    public const string Cache = "actions/cache@55cc8345863c7cc4c66a329aec7e433d2d1c52a9 # v6.1.0";

    public const string DeployPath = ".github/workflows/_deploy.yml";
    public const string MainPath = ".github/workflows/main.yml";
    public const string SetupPath = ".github/actions/setup/action.yml";
    public const string PullRequestPath = ".github/workflows/pull-request.yml";
    public const string ToolsPath = ".github/actions/tools/action.yml";
    public const string DependabotPath = ".github/dependabot.yml";

    public const string Deploy = $$$"""
        name: Deploy
        on:
          workflow_call:
            inputs:
              environment:
                description: Where to.
                type: string
                required: true
        permissions: {}
        concurrency:
          group: deploy-${{ inputs.environment }}
          cancel-in-progress: false
        jobs:
          deploy:
            runs-on: ubuntu-24.04
            timeout-minutes: 60
            environment: ${{ inputs.environment }}
            permissions:
              contents: read
              id-token: write
            env:
              StandIns: none
            steps:
              - uses: {{{Checkout}}}
                with:
                  persist-credentials: false
              - uses: ./.github/actions/setup
                with:
                  role: deploy
              - env:
                  ENVIRONMENT: ${{ inputs.environment }}
                run: ./build.sh --target=Deploy --environment="$ENVIRONMENT"
        """;

    public const string Main = $$$"""
        name: Main
        on:
          push:
            branches: [main]
          workflow_dispatch:
            inputs:
              model:
                description: Which model.
        permissions: {}
        jobs:
          staging:
            permissions:
              contents: read
              id-token: write
            uses: ./.github/workflows/_deploy.yml
            with:
              environment: staging
          test:
            runs-on: ubuntu-24.04
            timeout-minutes: 30
            permissions:
              contents: read
            steps:
              - uses: {{{Checkout}}}
                with:
                  persist-credentials: false
              - uses: ./.github/actions/setup
              - env:
                  MODEL: ${{ inputs.model }}
                run: ./build.sh --target=History ${MODEL:+"--model=$MODEL"}
          required:
            needs: [staging, test]
            if: contains(needs.*.result, 'failure')
            runs-on: ubuntu-24.04
            timeout-minutes: 5
            permissions: {}
            steps:
              - run: exit 1
        """;

    public const string Setup = $$$"""
        name: Setup
        description: What every job begins with.
        inputs:
          role:
            description: Which role of AWS to take; none without.
        runs:
          using: composite
          steps:
            - if: inputs.role != ''
              uses: {{{Aws}}}
              with:
                role-to-assume: ${{ inputs.role }}
        """;

    public const string PullRequest = $$$"""
        name: Pull request
        on:
          pull_request:
        permissions: {}
        jobs:
          comment:
            runs-on: ubuntu-24.04
            timeout-minutes: 5
            permissions:
              contents: read
              pull-requests: write
            steps:
              - uses: {{{Checkout}}}
                with:
                  persist-credentials: false
              - uses: ./.github/actions/tools
                with:
                  cached: "false"
        """;

    public const string Tools = $$$"""
        name: Tools
        description: What some jobs need.
        inputs:
          cached:
            description: Whether it may come from a cache.
            default: "true"
        runs:
          using: composite
          steps:
            - if: inputs.cached == 'true'
              uses: {{{Cache}}}
              with:
                path: tools
                key: tools
        """;

    public const string Dependabot = """
        version: 2
        updates:
          - package-ecosystem: nuget
            directory: /
            schedule: { interval: weekly }
          - package-ecosystem: dotnet-sdk
            directory: /
            schedule: { interval: weekly }
          - package-ecosystem: docker
            directory: /build/bases
            schedule: { interval: weekly }
          - package-ecosystem: github-actions
            directories: [/, /.github/actions/*]
            schedule: { interval: weekly }
          - package-ecosystem: terraform
            directories: [/infra/*]
            schedule: { interval: weekly }
          - package-ecosystem: npm
            directory: /build/Workflows/Lint/linters
            schedule: { interval: weekly }
        """;

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        [DeployPath] = Deploy,
        [MainPath] = Main,
        [SetupPath] = Setup,
        [PullRequestPath] = PullRequest,
        [ToolsPath] = Tools,
        [DependabotPath] = Dependabot,
    };

    public static WorkflowFiles Files(string changed = "", string text = "") => WorkflowFiles.Of(
        All.Select(file => (file.Key, file.Key == changed ? text : file.Value)), "/", "/build/bases", "/build/Workflows/Lint/linters");

    public static IReadOnlyList<WorkflowFinding> Findings(WorkflowFiles files) =>
        [.. files.Unreadable, .. Repository.Rules.SelectMany(rule => rule.Check(files))];
}
