using Amazon.Runtime;

namespace Amazon.ECR.Model;

public class AmazonECRRequest : AmazonWebServiceRequest;
