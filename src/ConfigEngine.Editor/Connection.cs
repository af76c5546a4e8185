using System.Text.Json;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace ConfigEngine.Editor;

/// <summary>The connection to the editor, whose errors are sentences and no stack traces.</summary>
sealed class Connection(IJsonRpcMessageHandler handler) : JsonRpc(handler)
{
    /// <inheritdoc/>
    protected override JsonRpcError.ErrorDetail CreateErrorDetails(JsonRpcRequest request, Exception exception) =>
        exception switch
        {
            LocalRpcException => base.CreateErrorDetails(request, exception),
            JsonException => new() { Code = JsonRpcErrorCode.InvalidParams, Message = exception.Message },
            _ => new()
            {
                Code = JsonRpcErrorCode.InternalError,
                Message = $"this is a defect in cfg: {exception.Message} ({exception.GetType().Name})",
            },
        };
}
