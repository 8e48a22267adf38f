using System.Globalization;

namespace Slipway.Benchmarks.Contestants;

/// <summary>The baselines that server and gateway are compared with.</summary>
/// <param name="program">The assembly of this program, which is also the floor and the plain proxy.</param>
/// <param name="peers">The folder with the programs of the baselines.</param>
public sealed class Baselines(string program, string peers)
{
    private static string Workers => Number(Environment.ProcessorCount);

    /// <param name="answers">A folder with our server's responses.</param>
    public ContestantProgram Floor(string answers) => new(
        "minimal Kestrel server, constant response", "floor", Proof: null, "",
        (_, port) => ["dotnet", program, "constant", Url(port), answers]);

    /// <param name="onnx">The model's file.</param>
    /// <param name="output">The name of its output.</param>
    /// <param name="features">The number of its features.</param>
    public IReadOnlyList<ContestantProgram> Servers(string onnx, string output, int features) =>
    [
        FastApi("FastAPI, constant response", "fastapi-constant", "fastapi_onnx.py", ["-", output]),
        FastApi("FastAPI, scikit-learn", "fastapi-sklearn", "fastapi_sklearn.py", [Number(features), output], "sklearn"),
        .. OnnxServers(onnx, output),
    ];

    /// <summary>Those that run the model's file itself.</summary>
    /// <inheritdoc cref="Servers"/>
    public IReadOnlyList<ContestantProgram> OnnxServers(string onnx, string output) =>
    [
        FastApi("FastAPI, ONNX Runtime", "fastapi-onnx", "fastapi_onnx.py", [onnx, output], "onnxruntime", "numpy"),
        new(
            "Fastify, ONNX Runtime", "fastify-onnx", ["node", "-e", "require('fastify'); require('onnxruntime-node')"],
            "npm install --global fastify onnxruntime-node; export NODE_PATH=\"$(npm root --global)\"",
            (_, port) => ["node", Path.Combine(peers, "fastify_onnx.cjs"), onnx, output, Number(port), Workers]),
    ];

    /// <param name="server">The server behind the proxies.</param>
    public IReadOnlyList<ContestantProgram> Proxies(Uri server) =>
    [
        new("plain YARP", "yarp", Proof: null, "", (_, port) => ["dotnet", program, "proxy", Url(port), server.ToString()]),
        new(
            "nginx", "nginx", ["nginx", "-v"], "apt-get install nginx-light",
            (folder, port) => ["nginx", "-p", folder, "-e", "error.log", "-c", Write(folder, "nginx.conf", Nginx(port, server)), "-g", "daemon off;"]),
        new(
            "HAProxy", "haproxy", ["haproxy", "-v"], "apt-get install haproxy",
            (folder, port) => ["haproxy", "-db", "-f", Write(folder, "haproxy.cfg", Haproxy(port, server))]),
    ];

    /// <summary>With the event loop and the parser that "uvicorn[standard]" brings: without them, it is neither as its community runs it nor free of Nagle's algorithm.</summary>
    private ContestantProgram FastApi(string name, string service, string script, string[] arguments, params string[] packages)
    {
        var program = new PeerProgram(["fastapi", "uvicorn", "uvloop", "httptools", .. packages]);
        return new(name, service, program.Proof, program.InstallHint, (_, port) => program.Command(Path.Combine(peers, script), [.. arguments, Number(port), Workers]));
    }

    // one worker per core, and keep-alive on both sides
    private static string Nginx(int port, Uri server) => $$"""
        worker_processes auto;
        pid nginx.pid;
        events { worker_connections 1024; }
        http {
            access_log off;
            client_body_temp_path body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
            keepalive_requests 100000000;
            upstream server {
                server {{server.Authority}};
                keepalive 128;
                keepalive_requests 100000000;
            }
            server {
                listen 127.0.0.1:{{Number(port)}};
                location / {
                    proxy_pass http://server;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                }
            }
        }
        """;

    private static string Haproxy(int port, Uri server) => $"""
        global
            nbthread {Workers}
        defaults
            mode http
            timeout connect 5s
            timeout client 30s
            timeout server 30s
            http-reuse always
        listen server
            bind 127.0.0.1:{Number(port)}
            server one {server.Authority}

        """;

    private static string Write(string folder, string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Url(int port) => $"http://127.0.0.1:{Number(port)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
