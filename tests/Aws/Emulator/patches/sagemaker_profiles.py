"""SageMaker: the user profiles of a domain, which moto lacks."""

from moto.core.responses import ActionResult, EmptyResult
from moto.sagemaker.exceptions import ResourceInUseException, ResourceNotFound
from moto.sagemaker.responses import SageMakerResponse

from settings import ACCOUNT

_profiles: dict[str, "_Profile"] = {}


class _Profile:
    def __init__(self, call):
        self.domain, self.name = call._get_param("DomainId"), call._get_param("UserProfileName")
        self.arn = _arn(call.region, self.domain, self.name)
        self.settings = call._get_param("UserSettings")
        self.tags = call._get_param("Tags") or []

    def described(self) -> dict:
        told = {"DomainId": self.domain, "UserProfileName": self.name, "UserProfileArn": self.arn, "Status": "InService"}
        return told | ({"UserSettings": self.settings} if self.settings else {})


def apply() -> None:
    calls = {
        "create_user_profile": _create,
        "describe_user_profile": lambda call: ActionResult(_find(call).described()),
        "delete_user_profile": _delete,
        "update_user_profile": _update,
        "list_user_profiles": _list,
    }
    for name, call in calls.items():
        setattr(SageMakerResponse, name, lambda response, call=call: call(response))
    list_tags = SageMakerResponse.list_tags

    def list_tags_of_profiles_too(call):
        profile = _profiles.get(call._get_param("ResourceArn"))
        return ActionResult({"Tags": profile.tags}) if profile else list_tags(call)

    SageMakerResponse.list_tags = list_tags_of_profiles_too


def _create(call) -> ActionResult:
    profile = _Profile(call)
    if profile.arn in _profiles:
        raise ResourceInUseException(message=f"UserProfile {profile.name} already exists in domain {profile.domain}.")
    _profiles[profile.arn] = profile
    return ActionResult({"UserProfileArn": profile.arn})


def _update(call) -> ActionResult:
    profile = _find(call)
    profile.settings = call._get_param("UserSettings") or profile.settings
    return ActionResult({"UserProfileArn": profile.arn})


def _delete(call) -> ActionResult:
    del _profiles[_find(call).arn]
    return EmptyResult()


def _list(call) -> ActionResult:
    domain = call._get_param("DomainIdEquals")
    return ActionResult({
        "UserProfiles": [
            {"DomainId": one.domain, "UserProfileName": one.name, "Status": "InService"}
            for one in _profiles.values()
            if domain in (None, one.domain)
        ]
    })


def _find(call) -> _Profile:
    profile = _profiles.get(_arn(call.region, call._get_param("DomainId"), call._get_param("UserProfileName")))
    if profile is None:
        raise ResourceNotFound(message=f"UserProfile {call._get_param('UserProfileName')} does not exist.")
    return profile


def _arn(region: str, domain: str, name: str) -> str:
    return f"arn:aws:sagemaker:{region}:{ACCOUNT}:user-profile/{domain}/{name}"
