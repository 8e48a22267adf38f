using Amazon.Runtime;

namespace Amazon.SageMaker.Model;

public class AmazonSageMakerRequest : AmazonWebServiceRequest;
