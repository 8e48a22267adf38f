using System.Text;
using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace Slipway.Build.Sdk;

/// <summary>The C# of a package that has a service's complete public API, without an implementation.</summary>
public sealed partial class SurfaceSource
{
    // names that a class of the service could hide
    private static readonly Dictionary<string, string> Framework = new()
    {
        ["List"] = "global::System.Collections.Generic.List",
        ["Dictionary"] = "global::System.Collections.Generic.Dictionary",
        ["DateTime"] = "global::System.DateTime",
        ["MemoryStream"] = "global::System.IO.MemoryStream",
        ["Stream"] = "global::System.IO.Stream",
        ["Document"] = "global::Amazon.Runtime.Documents.Document",
    };

    private static readonly Dictionary<string, string> Nothing = [];

    private const string Runtime = "global::Amazon.Runtime";
    private const string Cancellation = "global::System.Threading.CancellationToken cancellationToken = default";

    private readonly StringBuilder _text = new();
    private readonly string _name;
    private readonly SdkSurface _surface;

    private SurfaceSource(string name, SdkSurface surface) => (_name, _surface) = (name, surface);

    private string Model => $"global::Amazon.{_name}.Model";

    public static string Of(SdkService service, SdkSurface surface) => new SurfaceSource(service.Name, surface).Write();

    private string Write()
    {
        _text.AppendLine("#nullable disable").AppendLine($"namespace Amazon.{_name}").AppendLine("{");
        Client();
        Exception($"Amazon{_name}Exception", $"{Runtime}.AmazonServiceException", Nothing);
        Class($"Amazon{_name}Request", $"{Runtime}.AmazonWebServiceRequest", Nothing);
        foreach (var type in _surface.Types.Values.Where(type => type.Kind == SurfaceKind.Constant))
            Constant(type);
        _text.AppendLine("}").AppendLine($"namespace Amazon.{_name}.Model").AppendLine("{");
        Paginators();
        foreach (var type in _surface.Types.Values.Where(type => type.Kind != SurfaceKind.Constant))
            Write(type);
        return _text.AppendLine("}").ToString();
    }

    private void Client()
    {
        var (client, config) = ($"Amazon{_name}Client", $"Amazon{_name}Config");
        var nothing = "throw new global::System.NotImplementedException()";
        var paginators = _surface.Paginated.Count > 0 ? $"{Model}.I{_name}PaginatorFactory Paginators" : null;
        Line($$"""
            public class {{config}} : {{Runtime}}.ClientConfig
            {
                public {{config}}() : base(new {{Runtime}}.Internal.DefaultConfigurationProvider([new {{Runtime}}.DefaultConfiguration { Name = {{Runtime}}.DefaultConfigurationMode.Standard, RetryMode = {{Runtime}}.RequestRetryMode.Standard }])) { }
                public static new string ServiceId => "{{_name}}";
                public override string RegionEndpointServiceName => "{{_name}}";
                public override string ServiceVersion => "surface";
                public override string UserAgent => "surface";
                public override {{Runtime}}.Endpoints.Endpoint DetermineServiceOperationEndpoint({{Runtime}}.Endpoints.ServiceOperationEndpointParameters parameters) => {{nothing}};
            }
            public interface IAmazon{{_name}} : {{Runtime}}.IAmazonService, global::System.IDisposable
            {
                {{(paginators is null ? "" : $"{paginators} {{ get; }}")}}
                {{string.Join("\n    ", _surface.Operations.Select(operation => $"{Operation(operation)};"))}}
                {{Runtime}}.Endpoints.Endpoint DetermineServiceOperationEndpoint({{Runtime}}.AmazonWebServiceRequest request);
                static {{Runtime}}.ClientConfig {{Runtime}}.IAmazonService.CreateDefaultClientConfig() => new {{config}}();
                static {{Runtime}}.IAmazonService {{Runtime}}.IAmazonService.CreateDefaultServiceClient({{Runtime}}.AWSCredentials awsCredentials, {{Runtime}}.ClientConfig clientConfig) => {{nothing}};
            }
            public class {{client}} : {{Runtime}}.AmazonServiceClient, IAmazon{{_name}}
            {
                {{string.Join("\n    ", Constructors(client, config))}}
                protected override {{Runtime}}.Internal.IServiceMetadata ServiceMetadata => {{nothing}};
                {{(paginators is null ? "" : $"public {paginators} => {nothing};")}}
                {{string.Join("\n    ", _surface.Operations.Select(operation => $"public virtual {Operation(operation)} => {nothing};"))}}
                public {{Runtime}}.Endpoints.Endpoint DetermineServiceOperationEndpoint({{Runtime}}.AmazonWebServiceRequest request) => {{nothing}};
            }
            """);
    }

    // credentials from the environment, given, or as keys; a region, a configuration, or neither
    private static IEnumerable<string> Constructors(string client, string config)
    {
        (string Takes, string Gives)[] credentials =
        [
            ("", ""), ($"{Runtime}.AWSCredentials credentials", "credentials"), ("string awsAccessKeyId, string awsSecretAccessKey", "awsAccessKeyId, awsSecretAccessKey"),
            ("string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken", "awsAccessKeyId, awsSecretAccessKey, awsSessionToken"),
        ];
        foreach (var (takes, gives) in credentials)
        {
            var (more, also) = takes.Length > 0 ? ($"{takes}, ", $"{gives}, ") : ("", "");
            yield return $"public {client}({takes}) : this({also}new {config}()) {{ }}";
            yield return $"public {client}({more}global::Amazon.RegionEndpoint region) : this({also}new {config} {{ RegionEndpoint = region }}) {{ }}";
            yield return $"public {client}({more}{config} clientConfig) : base({also}clientConfig) {{ }}";
        }
    }

    private string Operation(string name) => $"global::System.Threading.Tasks.Task<{Model}.{name}Response> {name}Async({Model}.{name}Request request, {Cancellation})";

    private void Paginators()
    {
        if (_surface.Paginated.Count == 0)
            return;
        foreach (var operation in _surface.Paginated)
            Line($"public interface I{operation}Paginator {{ {Runtime}.IPaginatedEnumerable<{operation}Response> Responses {{ get; }} }}");
        Line($"public interface I{_name}PaginatorFactory {{ {string.Concat(_surface.Paginated.Select(operation => $"I{operation}Paginator {operation}({operation}Request request); "))}}}");
    }

    private void Write(SurfaceType type)
    {
        switch (type.Kind)
        {
            case SurfaceKind.Exception:
                Exception(type.Name, $"Amazon{_name}Exception", type.Members);
                break;
            case SurfaceKind.Request:
                Class(type.Name, $"Amazon{_name}Request", type.Members);
                break;
            case SurfaceKind.Response:
                Class(type.Name, $"{Runtime}.AmazonWebServiceResponse", type.Members, typeof(AmazonWebServiceResponse));
                break;
            default:
                Class(type.Name, "global::System.Object", type.Members);
                break;
        }
    }

    private void Constant(SurfaceType type) => Line($$"""
        public class {{type.Name}} : {{Runtime}}.ConstantClass
        {
            public {{type.Name}}(string value) : base(value) { }
            {{string.Join("\n    ", type.Members.Select(member => $"public static readonly {type.Name} @{member.Key} = new {type.Name}(\"{member.Value}\");"))}}
            public static {{type.Name}} FindValue(string value) => FindValue<{{type.Name}}>(value);
            public static implicit operator {{type.Name}}(string value) => FindValue(value);
        }
        """);

    private void Exception(string name, string ancestor, IReadOnlyDictionary<string, string> members) => Line($$"""
        public class {{name}} : {{ancestor}}
        {
            public {{name}}(string message) : base(message) { }
            public {{name}}(string message, global::System.Exception innerException) : base(message, innerException) { }
            public {{name}}(global::System.Exception innerException) : base(innerException.Message, innerException) { }
            public {{name}}(string message, {{Runtime}}.ErrorType errorType, string errorCode, string requestId, global::System.Net.HttpStatusCode statusCode) : base(message, errorType, errorCode, requestId, statusCode) { }
            public {{name}}(string message, global::System.Exception innerException, {{Runtime}}.ErrorType errorType, string errorCode, string requestId, global::System.Net.HttpStatusCode statusCode) : base(message, innerException, errorType, errorCode, requestId, statusCode) { }
            {{Properties(members, typeof(AmazonServiceException))}}
        }
        """);

    private void Class(string name, string ancestor, IReadOnlyDictionary<string, string> members, Type? known = null) => Line($$"""
        public class {{name}} : {{ancestor}}
        {
            {{Properties(members, known)}}
        }
        """);

    private static string Properties(IReadOnlyDictionary<string, string> members, Type? ancestor) => string.Join("\n    ", members.Select(member =>
        $"public {(ancestor?.GetProperty(member.Key) is null ? "" : "new ")}{Word().Replace(member.Value, word => Framework.GetValueOrDefault(word.Value, word.Value))} @{member.Key} {{ get; set; }}"));

    private void Line(string text) => _text.AppendLine(text);

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*")]
    private static partial Regex Word();
}
