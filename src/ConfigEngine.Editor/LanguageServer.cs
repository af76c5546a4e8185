using System.Text.Json;
using System.Text.Json.Serialization;
using ConfigEngine.Editor.Protocol;
using Microsoft.VisualStudio.Threading;
using StreamJsonRpc;

namespace ConfigEngine.Editor;

/// <summary>
/// Completion, documentation, definitions and errors of recipes for one editor, in the Language Server Protocol. It never runs a
/// recipe.
/// </summary>
static class LanguageServer
{
    /// <summary>Serves until the editor ends it, or is gone.</summary>
    /// <param name="input">What the editor sends.</param>
    /// <param name="output">What is sent to the editor.</param>
    /// <param name="version">The version of cfg.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ct">Stops.</param>
    /// <returns>What was wrong with what the editor sent; null if nothing.</returns>
    public static async Task<string?> Run(Stream input, Stream output, string version, TimeProvider time, CancellationToken ct)
    {
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        OpenTexts open = new();
        using Scripts scripts = new(open);
        using SystemTextJsonFormatter formatter = new() { JsonSerializerOptions = Options };
        using HeaderDelimitedMessageHandler handler = new(output, input, formatter);
        using Connection rpc = new(handler) { SynchronizationContext = new NonConcurrentSynchronizationContext(sticky: false) };
        Endpoint endpoint = new(version, open, scripts, end.Cancel);
        rpc.AddLocalRpcTarget(endpoint, new JsonRpcTargetOptions { DisposeOnDisconnect = false });
        rpc.StartListening();
        var warm = Task.Run(() => Warmth.Make(scripts, end.Token), end.Token);
        var checking = Task.Run(() => new Checker(open, scripts, time).Run(Tell, end.Token), end.Token);
        try
        {
            await rpc.Completion.WaitAsync(end.Token);
            return null;
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            return endpoint.IsShutDown ? null : "the editor ended the server without shutdown";
        }
        catch (Exception wrong)
            when (wrong is JsonException or BadRpcHeaderException or IOException or StreamJsonRpc.ConnectionLostException)
        {
            return $"what the editor sent is not JSON-RPC: {wrong.Message}";
        }
        finally
        {
            await end.CancelAsync();
            await Ended(warm);
            await Ended(checking);
        }

        Task Tell(Diagnostics diagnostics) => rpc.NotifyWithParameterObjectAsync("textDocument/publishDiagnostics", diagnostics);
    }

    static JsonSerializerOptions Options =>
        new(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            NumberHandling = JsonNumberHandling.Strict,
        };

    static async Task Ended(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception stopped)
            when (stopped is OperationCanceledException or StreamJsonRpc.ConnectionLostException or ObjectDisposedException or IOException)
        {
            // The editor is gone.
        }
    }
}
