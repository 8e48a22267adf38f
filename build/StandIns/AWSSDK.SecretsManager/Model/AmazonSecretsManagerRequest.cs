using Amazon.Runtime;

namespace Amazon.SecretsManager.Model;

public class AmazonSecretsManagerRequest : AmazonWebServiceRequest;
