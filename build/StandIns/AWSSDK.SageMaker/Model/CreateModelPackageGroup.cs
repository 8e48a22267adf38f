using Amazon.Runtime;

namespace Amazon.SageMaker.Model;

public class CreateModelPackageGroupRequest : AmazonSageMakerRequest
{
    public string ModelPackageGroupDescription { get; set; }
    public string ModelPackageGroupName { get; set; }
    public List<Tag> Tags { get; set; }
}

public class CreateModelPackageGroupResponse : AmazonWebServiceResponse
{
    public string ModelPackageGroupArn { get; set; }
}
