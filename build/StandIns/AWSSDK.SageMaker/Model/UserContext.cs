namespace Amazon.SageMaker.Model;

public class UserContext
{
    public string DomainId { get; set; }
    public IamIdentity IamIdentity { get; set; }
    public string UserProfileArn { get; set; }
    public string UserProfileName { get; set; }
}

public class IamIdentity
{
    public string Arn { get; set; }
    public string PrincipalId { get; set; }
    public string SourceIdentity { get; set; }
}
