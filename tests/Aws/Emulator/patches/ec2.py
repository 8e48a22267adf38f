"""EC2: keeps the description of every rule of a security group."""

from moto.ec2.models.security_groups import SecurityGroupRule


def apply() -> None:
    create = SecurityGroupRule.__init__

    def __init__(self, *args, prefix_list_id=None, **kwargs):
        # It is the eighth argument; moto keeps the list's id and drops the rest.
        given = prefix_list_id or (args[7] if len(args) > 7 else None)
        self.prefix_list_description = (given or {}).get("Description")
        create(self, *args, **({"prefix_list_id": prefix_list_id} if len(args) <= 7 else {}), **kwargs)

    def description(self):
        own = self.ip_range.get("Description") or self.source_group.get("Description")
        return own or getattr(self, "prefix_list_description", None)

    SecurityGroupRule.__init__ = __init__
    SecurityGroupRule.description = property(description)
