namespace ConfigEngine.Cli;

/// <summary>One of the process's outputs. Its disk may be full, or its reader may be gone.</summary>
/// <param name="inner">The output.</param>
/// <param name="failed">Called when it cannot be written.</param>
sealed class OutputStream(Stream inner, Action<IOException> failed) : Stream
{
    /// <summary>The output for progress and errors. A failure to write it must not end a run, so the text is lost.</summary>
    public static OutputStream OfErrors(Stream inner) => new(inner, _ => { });

    /// <summary>The output for results.</summary>
    /// <remarks>A failed write throws an <see cref="OutputException"/>.</remarks>
    public static OutputStream OfResults(Stream inner) => new(inner, error => throw new OutputException(error));

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            inner.Write(buffer, offset, count);
        }
        catch (IOException error)
        {
            failed(error);
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (IOException error)
        {
            failed(error);
        }
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>
/// The results cannot be written. A reader that closed the pipe (cfg plan | head) does not cause this: it has read enough.
/// </summary>
sealed class OutputException(IOException error)
    : CfgException($"the results cannot be written to standard output: {error.Message}", error);
