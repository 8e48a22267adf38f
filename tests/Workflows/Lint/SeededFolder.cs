namespace Slipway.Workflows.Tests.Lint;

/// <summary>The correct workflows in a folder, and one with every mistake that the linters of others are to find.</summary>
internal sealed class SeededFolder : IDisposable
{
    public const string Wrong = ".github/workflows/wrong.yml";
    public const string WrongAction = ".github/actions/wrong/action.yml";

    private const string Workflow = """
        name: Wrong
        on:
          push:
        permissions: {}
        jobs:
          caller:
            permissions: { id-token: read }
            uses: ./.github/workflows/_deploy.yml
            with:
              enviroment: staging
          steps:
            needs: [caller, nobody]
            runs-on: ubuntu-24.04
            permissions:
              attestations: write
              artifact-metadata: write
            strategy:
              matrix:
                color: [blue, green]
            steps:
              - id: first
                continue-on-err: true
                run: echo "::set-output name=a::1"
              - env:
                  REGION: ${{ vars.AWS_REGION }}
                  COLOR: ${{ matrix.colour }}
                  FIRST: ${{ steps.frist.outputs.a }}
                run: |
                  echo "$REGION"
                  echo $COLOR
              - run: echo $FIRST
              - run: echo ${{ github.event.head_commit.message }}
        """;

    private const string Action = """
        name: Wrong
        description: A step without its shell.
        runs:
          using: composite
          steps:
            - run: echo ready
        """;

    public SeededFolder()
    {
        foreach (var (path, text) in Snippets.All.Append(new(Wrong, Workflow)).Append(new(WrongAction, Action)))
        {
            var file = Path.Combine(Root, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("slipway-workflows-").FullName;

    /// <summary>The line of the workflow in which something begins that is there once.</summary>
    public static int Line(string part) => Workflow.Split(part) is [var before, _] ? before.Count(letter => letter == '\n') + 1 : throw new ArgumentException($"'{part}' is not there once.", nameof(part));

    public void Dispose() => TestFolder.Remove(Root);
}
