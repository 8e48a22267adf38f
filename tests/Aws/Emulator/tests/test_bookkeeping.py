import unittest

from tests.harness import EmulatorTest, zipped


class Bookkeeping(EmulatorTest):
    def test_a_queue_spells_its_redrive_policy_compactly(self):
        _, dead = self.queue("dead")
        policy = '{"deadLetterTargetArn":"%s","maxReceiveCount":3}' % dead
        url = self.client("sqs").create_queue(QueueName=self.name, Attributes={"RedrivePolicy": policy})["QueueUrl"]
        attributes = self.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        self.assertEqual(policy, attributes["RedrivePolicy"])

    def test_a_function_tells_its_settings_back(self):
        _, dead = self.queue("dead")
        settings = {"DeadLetterConfig": {"TargetArn": dead}, "TracingConfig": {"Mode": "Active"}, "KMSKeyArn": "arn:aws:kms:eu-west-1:123456789012:key/a"}
        functions = self.client("lambda")
        functions.create_function(
            FunctionName=self.name, Runtime="provided.al2023", Handler="bootstrap", Role=self.role("lambda.amazonaws.com"),
            Code={"ZipFile": zipped(bootstrap="")}, **settings,
        )
        told = functions.get_function_configuration(FunctionName=self.name)
        self.assertEqual(settings, {name: told[name] for name in settings})
        functions.update_function_configuration(FunctionName=self.name, TracingConfig={"Mode": "PassThrough"})
        self.assertEqual("PassThrough", functions.get_function_configuration(FunctionName=self.name)["TracingConfig"]["Mode"])

    def test_a_composite_alarm_is_listed_as_one(self):
        cloudwatch = self.client("cloudwatch")
        cloudwatch.put_composite_alarm(AlarmName=self.name, AlarmRule="FALSE")
        listed = cloudwatch.describe_alarms(AlarmNames=[self.name], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
        self.assertEqual([(self.name, "FALSE")], [(alarm["AlarmName"], alarm["AlarmRule"]) for alarm in listed])

    def test_a_budget_tells_the_subscribers_of_each_notification(self):
        budgets, account = self.client("budgets"), "123456789012"
        budgets.create_budget(
            AccountId=account, Budget={"BudgetName": self.name, "BudgetLimit": {"Amount": "1", "Unit": "USD"}, "TimeUnit": "MONTHLY", "BudgetType": "COST"}
        )
        for threshold in (50.0, 90.0):
            notification = {"NotificationType": "FORECASTED", "ComparisonOperator": "GREATER_THAN", "Threshold": threshold}
            subscriber = {"SubscriptionType": "EMAIL", "Address": f"{threshold:.0f}@example.org"}
            budgets.create_notification(AccountId=account, BudgetName=self.name, Notification=notification, Subscribers=[subscriber])
        told = budgets.describe_subscribers_for_notification(AccountId=account, BudgetName=self.name, Notification=notification)
        self.assertEqual([subscriber], told["Subscribers"])

    def test_a_rule_for_a_group_keeps_its_description(self):
        ec2 = self.client("ec2")
        group = ec2.create_security_group(GroupName=self.name, Description="a", VpcId=ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"])["GroupId"]
        pair = {"GroupId": group, "Description": "from itself"}
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[{"IpProtocol": "tcp", "FromPort": 1, "ToPort": 1, "UserIdGroupPairs": [pair]}])
        rules = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])["SecurityGroupRules"]
        self.assertIn("from itself", [rule.get("Description") for rule in rules])

    def test_a_trail_is_found_by_its_arn(self):
        self.bucket()
        trails = self.client("cloudtrail")
        arn = trails.create_trail(Name=self.name, S3BucketName=self.name)["TrailARN"]
        trails.start_logging(Name=arn)
        self.assertTrue(trails.get_trail_status(Name=arn)["IsLogging"])


if __name__ == "__main__":
    unittest.main()
