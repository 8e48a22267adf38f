using System.Net;

namespace Slipway.Registry.Tests;

[NonParallelizable]
public sealed class DirectHttpClientTests
{
    private IWebProxy _before = null!;
    private HttpListener _listener = null!;
    private Uri _address = null!;

    [SetUp]
    public void StandBehindAProxyThatIsNotThere()
    {
        _before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy("http://127.0.0.1:9");
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        _address = new($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}/");
        socket.Stop();
        _listener = new();
        _listener.Prefixes.Add(_address.ToString());
        _listener.Start();
    }

    [TearDown]
    public void StepAway()
    {
        HttpClient.DefaultProxy = _before;
        _listener.Close();
    }

    [Test]
    public async Task CallsOurOwnAddressesWithoutAProxy()
    {
        using var client = DirectHttpClient.Create(TimeSpan.FromSeconds(10));
        var asked = client.GetAsync(_address);
        var context = await _listener.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System);
        context.Response.Close();

        using var answer = await asked;
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public void AnyOtherClientGoesThroughTheProxy()
    {
        using var client = new HttpClient(new SocketsHttpHandler());

        Assert.That(() => client.GetAsync(_address), Throws.TypeOf<HttpRequestException>().With.Message.Contains("127.0.0.1:9"));
    }
}
