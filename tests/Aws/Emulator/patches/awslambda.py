"""Lambda: returns the settings of a function that moto accepts but does not store."""

from moto.awslambda.models import LambdaBackend, LambdaFunction

_KEPT = ("DeadLetterConfig", "KMSKeyArn", "LoggingConfig", "TracingConfig")


def apply() -> None:
    create = LambdaFunction.__init__
    configuration = LambdaFunction.get_configuration
    update = LambdaFunction.update_configuration

    put_event_config = LambdaBackend.put_function_event_invoke_config

    def put_function_event_invoke_config(self, function_name, config):
        # moto appends, and then reads the first: a change would have no effect.
        self.get_function(function_name).event_invoke_config = []
        return put_event_config(self, function_name, config)

    def __init__(self, account_id, spec, *args, **kwargs):
        self.kept_settings = {name: spec[name] for name in _KEPT if spec.get(name)}
        create(self, account_id, spec, *args, **kwargs)

    def get_configuration(self, *args, **kwargs):
        logging = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{self.function_name}"}
        kept = getattr(self, "kept_settings", {})
        return {
            **configuration(self, *args, **kwargs),
            **kept,
            "LoggingConfig": {**logging, **kept.get("LoggingConfig", {})},
        }

    def update_configuration(self, config_updates):
        self.kept_settings = {
            **self.kept_settings,
            **{name: config_updates[name] for name in _KEPT if name in config_updates},
        }
        return update(self, config_updates)

    LambdaFunction.__init__ = __init__
    LambdaFunction.get_configuration = get_configuration
    LambdaFunction.update_configuration = update_configuration
    LambdaBackend.put_function_event_invoke_config = put_function_event_invoke_config
